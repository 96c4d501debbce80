"""The stored models are whole, and just as the trainers' writer would write them."""
import hashlib
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
import model_file

FILES = sorted((ROOT / "models").glob("*/model.json"))


class ModelFiles(unittest.TestCase):
    def test_there_are_some(self):
        self.assertGreaterEqual(len(FILES), 2)

    def test_begin_with_the_hash_of_every_byte_after_the_first_line(self):
        for path in FILES:
            first, _, rest = path.read_bytes().partition(b"\n")
            self.assertEqual(first.decode(), f'{{"sha256":"{hashlib.sha256(rest).hexdigest()}",', path)

    def test_are_as_the_writer_writes_them(self):
        for path in FILES:
            file = path.read_bytes()
            self.assertEqual(model_file.text_of(model_file.checked(file)).encode(), file, path)

    def test_stay_small(self):
        for path in FILES:
            self.assertLess(path.stat().st_size, 1_000_000, path)

    def test_of_which_a_bit_was_changed_are_refused(self):
        file = bytearray(FILES[0].read_bytes())
        file[-20] ^= 1
        with self.assertRaises(ValueError):
            model_file.checked(bytes(file))

    def test_need_every_key(self):
        content = model_file.checked(FILES[0].read_bytes())
        content.pop("licence")
        with self.assertRaises(ValueError):
            model_file.text_of(content)


if __name__ == "__main__":
    unittest.main()
