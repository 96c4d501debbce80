"""tools/check_layers finds each kind of break, in a small house made for the purpose."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "tools/check_layers"

SOUND = {
    "include/tonecue/core/result.h": "#include <string>\n#include <tl/expected.hpp>\n",
    "include/tonecue/dsp/fft.h": '#include "tonecue/core/result.h"\n',
    "src/dsp/plan.h": "",
    "src/dsp/fft.cpp": '#include "tonecue/dsp/fft.h"\n#include <kiss_fft.h>\n#include "plan.h"\n',
    "tests/support/signals.h": '#include "tonecue/core/result.h"\n',
    "tests/dsp/fft_test.cpp": '#include "tonecue/dsp/fft.h"\n#include "support/signals.h"\n',
}


def check(changes):
    """Exit status and lines of the check, for a sound house with these files laid over it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**SOUND, **changes}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, str(CHECK), folder], capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()


class CheckLayers(unittest.TestCase):
    def expect_break(self, name, text, message):
        self.assertEqual(check({name: text}), (1, [f"{name}:{message}"]))

    def test_passes_a_sound_house(self):
        self.assertEqual(check({}), (0, []))

    def test_finds_an_include_that_points_down(self):
        self.expect_break("src/core/clock.cpp", '\n#include "tonecue/dsp/fft.h"\n',
                          "2: core may not use dsp, which is below it")

    def test_finds_a_test_that_reaches_below_its_module(self):
        self.expect_break("tests/core/result_test.cpp", '#include "tonecue/dsp/fft.h"\n',
                          "1: core may not use dsp, which is below it")

    def test_finds_a_third_party_header_in_a_public_one(self):
        self.expect_break("include/tonecue/dsp/plan.h", "#include <kiss_fft.h>\n",
                          "1: third-party header <kiss_fft.h> in a public header")

    def test_finds_an_include_of_nothing(self):
        self.expect_break("src/dsp/window.cpp", '#include "tonecue/dsp/window.h"\n',
                          '1: "tonecue/dsp/window.h" does not exist')

    def test_finds_a_private_header_used_by_another_module(self):
        self.expect_break("src/features/pitch.cpp", '#include "dsp/plan.h"\n',
                          "1: private header of dsp")

    def test_finds_a_folder_that_is_no_module(self):
        self.expect_break("src/utils/string.cpp", "", "1: utils is no module of the plan")

    def test_finds_headers_that_include_each_other(self):
        status, lines = check({
            "include/tonecue/dsp/a.h": '#include "tonecue/dsp/b.h"\n',
            "include/tonecue/dsp/b.h": '#include "tonecue/dsp/a.h"\n',
        })
        self.assertEqual(status, 1)
        self.assertEqual(lines, ["include/tonecue/dsp/a.h:1: includes itself: a.h -> b.h -> a.h"])


if __name__ == "__main__":
    unittest.main()
