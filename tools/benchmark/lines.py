"""What lines do to the recording of a call, one party on each of its two channels."""
import random
import subprocess
import wave

# sox's words, {0} in, {1} out.
LINES = {
    "as it is": "sox -R {0} {1}",
    "agent -15 dB": "sox -R {0} {1} remix 1v0.178 2",
    "agent +10 dB": "sox -R {0} {1} remix 1v3.162 2",
    "customer -15 dB": "sox -R {0} {1} remix 1 2v0.178",
    "customer +10 dB": "sox -R {0} {1} remix 1 2v3.162",
    "channels swapped": "sox -R {0} {1} remix 2 1",
    "GSM full rate": "for c in 1 2; do sox -R {0} -t gsm {1}.$c remix $c; done;"
                     " sox -R -M -t gsm {1}.1 -t gsm {1}.2 -b 16 -e signed {1}; rm {1}.?",
    "2 % packets lost": "sox -R {0} {1}",
}
# For calls without a leak: the customer in the agent's channel, 20 ms late.
LEAKS = {
    "no leak": "sox -R {0} {1}",
    "leak of -25 dB": "sox -R -M {0} '|sox -R {0} -p remix 2 delay 0.02' {1} remix 1,3v0.0562 2",
}
SWAPPED, LOSSY = "channels swapped", "2 % packets lost"


def carry(line, source, target):
    """Writes what comes out of the line, 16 bits, for a recording of 16 bits."""
    command = {**LINES, **LEAKS}[line].format(source, target)
    subprocess.run(["bash", "-c", command], check=True, stderr=subprocess.DEVNULL)
    if line == LOSSY:
        lose_packets(target, 0.02)


def lose_packets(path, share):
    """Silences that share of the packets of 20 ms, on each channel for itself; the same packets each time."""
    with wave.open(str(path)) as file:
        form, samples = file.getparams(), memoryview(bytearray(file.readframes(file.getnframes()))).cast("h")
    chance, packet = random.Random(path.name), form.framerate // 50
    for channel in range(form.nchannels):
        for start in range(0, form.nframes, packet):
            if chance.random() < share:
                for frame in range(start, min(start + packet, form.nframes)):
                    samples[frame * form.nchannels + channel] = 0
    with wave.open(str(path), "wb") as file:
        file.setparams(form)
        file.writeframes(samples)
