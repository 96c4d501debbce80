"""The other tools, each with its own defaults; only the step (10 ms) and the range of F0 (60 to 500 Hz)
are ours. A constant shift of the time grid needs no care: the scorer takes the best within 40 ms."""
import array
import pathlib
import shutil

from . import processes, recordings, scoring
from .ours import BUILD
from .tool import Tool

HERE = pathlib.Path(__file__).resolve().parent
PRAAT = ["praat", "--no-pref-files", "--run"]
STEP_S = 0.01
LEAST_F0_HZ, MOST_F0_HZ = 60, 500
SPTK_PITCH = pathlib.Path("/usr/libexec/sptk/bin/pitch")  # Debian keeps it out of the path.


def write_f0(csv, track):
    """Of (time in s, F0 in Hz or 0)."""
    scoring.write_rows(csv, [{"time_s": f"{time_s:.4f}", "f0_hz": f"{f0_hz:.2f}"} for time_s, f0_hz in track])


class PraatPitch(Tool):
    package = "praat"

    def __init__(self, method):
        self.method = method
        self.name = f"Praat {method}"
        self.setting = f"`To Pitch ({method})`, standard values, {LEAST_F0_HZ} to {MOST_F0_HZ} Hz, step 10 ms"

    def installed(self):
        return shutil.which("praat") is not None

    def estimate(self, wav, csv):
        matrix = csv.with_suffix(".matrix")
        cpu_s = processes.run([*PRAAT, HERE / "pitch.praat", self.method, wav, matrix])
        # After the two lines of the format: times (least, most, count, step, first), rows (5), values.
        numbers = [float(line) for line in matrix.read_text().splitlines()[2:] if line.strip()]
        step_s, first_s = numbers[3:5]
        write_f0(csv, ((first_s + i * step_s, f0_hz) for i, f0_hz in enumerate(numbers[10:])))
        return cpu_s


class SptkPitch(Tool):
    package = "sptk"

    def __init__(self, name, algorithm):
        self.name, self.algorithm = name, algorithm
        self.setting = f"SPTK `pitch -a {algorithm}`, standard values, {LEAST_F0_HZ} to {MOST_F0_HZ} Hz, step 10 ms"

    def installed(self):
        return SPTK_PITCH.exists()

    def estimate(self, wav, csv):
        samples, f0 = csv.with_suffix(".float"), csv.with_suffix(".f0")
        samples.write_bytes(array.array("f", recordings.read_wav(wav)).tobytes())
        step = round(STEP_S * recordings.RATE_HZ)
        cpu_s = processes.run([SPTK_PITCH, "-a", self.algorithm, "-s", recordings.RATE_HZ / 1000, "-p", step,
                               "-o", 1, "-L", LEAST_F0_HZ, "-H", MOST_F0_HZ], stdin=samples, stdout=f0)
        write_f0(csv, ((i * STEP_S, f0_hz) for i, f0_hz in enumerate(array.array("f", f0.read_bytes()))))
        return cpu_s


class AubioPitch(Tool):
    """Its standard window, 2048 samples at 44.1 kHz, is 46 ms: at 8 kHz the next that scores well is 384."""
    name = "aubio yinfft"
    package = "aubio-tools"
    setting = (f"`aubiopitch`, window 48 ms (its default at 44.1 kHz is 46), step 10 ms; values outside "
               f"{LEAST_F0_HZ} to {MOST_F0_HZ} Hz count as unvoiced")

    def installed(self):
        return shutil.which("aubiopitch") is not None

    def estimate(self, wav, csv):
        told = csv.with_suffix(".txt")
        cpu_s = processes.run(["aubiopitch", "-i", wav, "-r", 0, "-B", 384,
                               "-H", round(STEP_S * recordings.RATE_HZ)], stdout=told)
        track = (tuple(map(float, line.split())) for line in told.read_text().splitlines())
        write_f0(csv, ((time_s, f0_hz if LEAST_F0_HZ <= f0_hz <= MOST_F0_HZ else 0) for time_s, f0_hz in track))
        return cpu_s


class VoiceAdapter(Tool):
    """One of the small C++ programs of this folder: writes the scorer's CSV, and says on standard output what
    the detector alone took."""
    speed_of = "the detector, in process"

    def __init__(self, name, program, package, setting, without=()):
        self.name, self.package, self.setting, self.without = name, package, setting, without
        self.program = BUILD / "tools/benchmark" / program

    def installed(self):
        return self.program.exists()

    def estimate(self, wav, csv):
        cpu_s = csv.with_suffix(".cpu_s")
        processes.run([self.program, wav, csv], stdout=cpu_s)
        return float(cpu_s.read_text())


class PraatNuclei(Tool):
    name = "Praat nuclei"
    package = "praat"
    setting = "peaks of intensity, voiced, 2 dB above the dip before them (de Jong and Wempe 2009), our script"

    def installed(self):
        return shutil.which("praat") is not None

    def estimate(self, wav, csv):
        return processes.run([*PRAAT, HERE / "nuclei.praat", wav, csv])


PITCH = [PraatPitch("ac"), PraatPitch("cc"), SptkPitch("RAPT", 0), SptkPitch("SWIPE'", 1), AubioPitch()]
VOICE = [
    VoiceAdapter("WebRTC", "webrtc_voice", "libwebrtc-audio-processing-dev",
                 "`VoiceDetection` of AudioProcessing at 8 kHz, likelihood low (its default), nothing else enabled; "
                 "it decides, and has no probability", without=("AUC",)),
    VoiceAdapter("Speex", "speex_voice", "libspeexdsp-dev",
                 "preprocessor at 8 kHz, hops of 10 ms, voice detection on, else its defaults"),
]
NUCLEI = [PraatNuclei()]
