"""Sound that the measurements need and no folder holds: telephone lines, noise under speech, long files."""
import array
import math
import subprocess
import wave

RATE_HZ = 8000

# 300 to 3400 Hz and mu-law: the wire of a telephone. -R: the same dither each time.
TO_TELEPHONE = ("sox -R {0} -r 8000 -e mu-law -t wav - {2} sinc -n 257 300-3400 | "
                "sox -R -t wav - -b 16 -e signed {1}")


def sox(*arguments):
    """With the same random numbers each time (-R), so that its dither and noise repeat."""
    subprocess.run(["sox", "-R", *map(str, arguments)], check=True, stderr=subprocess.DEVNULL)


def telephone(source, target, gain_db=0.0):
    effects = f"gain {gain_db:.2f}" if gain_db else ""
    subprocess.run(TO_TELEPHONE.format(source, target, effects), shell=True, check=True,
                   stderr=subprocess.DEVNULL)


def mono_wav(source, target):
    """16 bits at 8 kHz: what every tool reads."""
    sox(source, "-r", RATE_HZ, "-b", 16, "-e", "signed", target, "remix", "-")


def read_wav(path):
    """The samples of a mono recording of 16 bits."""
    with wave.open(str(path)) as file:
        return array.array("h", file.readframes(file.getnframes()))


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())


def rms(samples):
    return math.sqrt(sum(x * x for x in samples) / max(len(samples), 1))


def level_dbfs(samples):
    return 20 * math.log10(max(rms(samples), 1e-3) / 32768)


def pink_noise(path, seconds):
    sox("-n", "-r", RATE_HZ, "-b", 16, path, "synth", seconds, "pinknoise", "gain", -6)


def add_noise(speech, noise, snr_db):
    """Noise under speech; the ratio is that of the powers of the two over the whole recording."""
    noise = noise[:len(speech)]
    gain = rms(speech) / max(rms(noise), 1e-9) * 10 ** (-snr_db / 20)
    return array.array("h", (max(-32768, min(32767, round(s + gain * n))) for s, n in zip(speech, noise)))


def joined(sources, target, seconds):
    """One long recording, the sources one after the other as often as needed."""
    once = target.with_stem(target.stem + "_once")
    sox(*sources, once)
    sox(once, target, "repeat", "-", "trim", 0, seconds)
    once.unlink()
