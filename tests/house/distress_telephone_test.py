#!/usr/bin/python3
"""The made telephone lines of the distress trainer: codecs cut to the sample, losses as announced, lines repeatable."""
import pathlib
import sys
import unittest

SKIPPED = 77  # What tests/house/CMakeLists.txt takes for "not run".

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools/train_distress"))
try:
    import numpy as np

    import packet_loss
    import speech_codecs
    speech_codecs.require_all()
except (ImportError, SystemExit) as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)
try:
    import telephone
except ImportError:
    telephone = None

RATE_HZ = 8000
CODECS = {"mu-law": speech_codecs.MuLaw(), "A-law": speech_codecs.ALaw(), "GSM": speech_codecs.Gsm(),
          **{f"AMR {mode}": speech_codecs.Amr(mode) for mode in range(8)},
          **{f"Opus {bit_s}": speech_codecs.Opus(bit_s) for bit_s in (8000, 12000, 16000)}}


def voice(seconds=4.0, seed=1):
    """Pulses of a gliding pitch through three resonances, in syllables: enough of a voice for a codec to follow."""
    random = np.random.default_rng(seed)
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    phase = np.cumsum(140 + 30 * np.sin(2 * np.pi * 0.7 * time_s)) / RATE_HZ
    spectrum = np.fft.rfft(np.diff(np.floor(phase), prepend=0) + random.normal(0, 0.01, len(time_s)))
    frequency = np.fft.rfftfreq(len(time_s), 1 / RATE_HZ)
    gain = sum(1 / (1 + ((frequency - f) / 90) ** 2) for f in (600, 1300, 2500)) * (frequency > 200)
    wave = np.fft.irfft(spectrum * gain, len(time_s)) * (0.2 + np.sin(np.pi * 3 * time_s) ** 2)
    return (0.3 * wave / np.abs(wave).max()).astype(np.float32)


def shift_samples(sent, heard):
    """How much later `heard` is, by the peak of the correlation."""
    n = 1 << (2 * len(sent) - 1).bit_length()
    correlation = np.fft.irfft(np.conj(np.fft.rfft(sent, n)) * np.fft.rfft(heard, n), n)
    peak = int(np.argmax(correlation))
    return peak if peak < n // 2 else peak - n


class EveryCodec(unittest.TestCase):
    def test_gives_the_voice_back_in_place_and_as_long_as_it_was(self):
        for name, codec in CODECS.items():
            with self.subTest(name):
                for sent in (voice(), voice()[: 3 * RATE_HZ + 37]):
                    heard = codec.transcode(sent)
                    self.assertEqual(len(heard), len(sent))
                    self.assertLessEqual(abs(shift_samples(sent, heard)), 1)

    def test_keeps_the_level_and_changes_the_wave(self):
        for name, codec in CODECS.items():
            with self.subTest(name):
                sent = voice()
                heard = codec.transcode(sent)
                self.assertLess(abs(20 * np.log10(np.std(heard) / np.std(sent))), 2.0)
                self.assertGreater(np.abs(heard - sent).max(), 1e-4)

    def test_gives_the_same_again(self):
        for name, codec in CODECS.items():
            with self.subTest(name):
                np.testing.assert_array_equal(codec.transcode(voice()), codec.transcode(voice()))

    def test_that_conceals_by_itself_is_quieter_in_a_gap_and_recovers(self):
        lost = np.zeros(200, bool)
        lost[100:115] = True  # 300 ms from 2.0 s.
        for codec in (speech_codecs.Amr(7), speech_codecs.Opus(12000)):
            whole, holed = codec.transcode(voice()), codec.transcode(voice(), lost)
            np.testing.assert_array_equal(whole[: 1 * RATE_HZ], holed[: 1 * RATE_HZ])
            late = slice(int(2.15 * RATE_HZ), int(2.28 * RATE_HZ))
            self.assertLess(np.std(holed[late]), 0.5 * np.std(whole[late]))
            end = slice(int(3.5 * RATE_HZ), None)
            self.assertGreater(np.corrcoef(whole[end], holed[end])[0, 1], 0.9)


class LostPackets(unittest.TestCase):
    def test_are_as_many_and_come_in_gaps_as_long_as_announced(self):
        loss = packet_loss.PacketLoss(0.03, burst_packets=2.0)
        lost = packet_loss.lost_packets(np.random.default_rng(1), 200000, loss)
        gaps = np.count_nonzero(np.diff(lost.astype(int)) == 1)
        self.assertAlmostEqual(lost.mean(), 0.03, delta=0.003)
        self.assertAlmostEqual(lost.sum() / gaps, 2.0, delta=0.1)

    def test_leave_everything_else_but_the_join_untouched(self):
        sent, lost = voice(1.0), np.zeros(50, bool)
        lost[20:22] = True
        for silence in (False, True):
            heard = packet_loss.conceal(sent, lost, silence)
            np.testing.assert_array_equal(heard[: 20 * 160], sent[: 20 * 160])
            np.testing.assert_array_equal(heard[22 * 160 + 16 :], sent[22 * 160 + 16 :])

    def test_are_replaced_by_the_last_packet_that_fades(self):
        sent, lost = voice(1.0), np.zeros(50, bool)
        lost[20:23] = True
        heard = packet_loss.conceal(sent, lost, silence=False).reshape(-1, 160)
        last = sent.reshape(-1, 160)[19]
        for packet, gain in zip(heard[20:23], (1.0, 0.5, 0.25)):
            np.testing.assert_allclose(packet, gain * last, rtol=1e-6)

    def test_stay_silent_behind_a_plain_receiver(self):
        lost = np.zeros(50, bool)
        lost[20:23] = True
        heard = packet_loss.conceal(voice(1.0), lost, silence=True).reshape(-1, 160)
        self.assertEqual(np.abs(heard[20:23]).max(), 0)


@unittest.skipUnless(telephone, "needs python3-scipy")
class Lines(unittest.TestCase):
    CLIP = (voice() * 32767).astype(np.int16)

    def heard(self, draw, seed):
        random = np.random.default_rng(seed)
        channel = draw(random, len(self.CLIP), [voice(seed=9)], [self.CLIP])
        return channel, telephone.transmit(self.CLIP, channel, np.random.default_rng(seed))

    def test_are_the_same_for_the_same_seed(self):
        for seed in range(12):
            first, again = (self.heard(telephone.training_channel, seed)[1] for _ in range(2))
            np.testing.assert_array_equal(first, again)

    def test_that_are_drawn_for_training_keep_the_level_and_the_length_of_their_speed(self):
        for seed in range(40):
            channel, heard = self.heard(telephone.training_channel, seed)
            self.assertEqual(len(heard), -(-len(self.CLIP) * 100 // channel.speed_percent))
            level_dbfs = 20 * np.log10(telephone.speech_rms(heard / 32768))
            self.assertLess(abs(level_dbfs - channel.level_dbfs), 9)

    def test_of_a_codec_differ_from_the_clean_line_by_the_codec_alone(self):
        clean, _ = self.heard(telephone.clean_channel, 5)
        for draw in (telephone.gsm_channel, telephone.amr_channel, telephone.opus_channel, telephone.lossy_channel):
            channel, _ = self.heard(draw, 5)
            self.assertEqual(channel.level_dbfs, clean.level_dbfs)
            self.assertTrue(len(channel.codecs) == 2 or channel.loss)

    def test_are_plain_g711_or_uncoded_in_about_half_of_the_trainings(self):
        random = np.random.default_rng(2)
        drawn = [telephone.draw_codecs(random) for _ in range(2000)]
        plain = np.mean([all(isinstance(c, (speech_codecs.MuLaw, speech_codecs.ALaw)) for c in chain) for chain in drawn])
        self.assertAlmostEqual(plain, 0.52, delta=0.04)


if __name__ == "__main__":
    unittest.main()
