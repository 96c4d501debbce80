"""Speech codecs of telephone lines at 8 kHz: G.711, GSM full rate, AMR narrow band, Opus.

A codec's `transcode(speech, lost)` gives float samples in [-1, 1] as the far end hears them, aligned to the
sample and as many as went in: a codec's delay is cut away. `lost` tells of every 20-ms packet whether it never
arrived (None: all did). AMR and Opus conceal a lost packet themselves, with their own decoder (`CONCEALS`);
behind the others packet_loss.py does.

The codecs are Debian's shared libraries, called packet by packet: every clip has its own encoder and decoder, as
every call has, and no file is written.
"""

import ctypes
import functools

import numpy as np

PACKET_SAMPLES = 160
MOST_PACKET_BYTES = 400
MU = 255.0
A = 87.6

OPUS_RATE_HZ = 8000
OPUS_VOICE = 2048  # OPUS_APPLICATION_VOIP
OPUS_SET_BITRATE = 4002
OPUS_SET_COMPLEXITY = 4010
OPUS_COMPLEXITY = 5  # Of 10. What telephones do; 10 takes twice as long and sounds the same at these rates.
AMR_NO_DATA = b"\x7c"  # The header of a frame of type 15: nothing came.

_pointer = ctypes.c_void_p
_int = ctypes.c_int
PACKAGES = {"libgsm.so.1": "libgsm1", "libopencore-amrnb.so.0": "libopencore-amrnb0", "libopus.so.0": "libopus0"}


@functools.lru_cache(maxsize=None)
def _library(name):
    try:
        return ctypes.CDLL(name)
    except OSError:
        raise SystemExit(f"speech codec {name} is missing: apt-get install {PACKAGES[name]}") from None


def _function(library, name, result, *arguments):
    function = getattr(_library(library), name)
    function.restype, function.argtypes = result, arguments
    return function


class MuLaw:
    CONCEALS = False

    def transcode(self, speech, lost=None):
        x = np.clip(speech, -1, 1)
        y = np.round(np.sign(x) * np.log1p(MU * np.abs(x)) / np.log1p(MU) * 127) / 127
        return np.sign(y) * np.expm1(np.abs(y) * np.log1p(MU)) / MU


class ALaw:
    CONCEALS = False

    def transcode(self, speech, lost=None):
        x = np.clip(speech, -1, 1)
        size = np.abs(x)
        y = np.where(size < 1 / A, A * size, 1 + np.log(np.maximum(A * size, 1))) / (1 + np.log(A))
        y = np.round(y * 127) / 127
        back = np.where(y < 1 / (1 + np.log(A)), y * (1 + np.log(A)) / A, np.exp(y * (1 + np.log(A)) - 1) / A)
        return np.sign(x) * back


class _PacketCodec:
    """What the codecs with a packet format have in common. `DELAY_SAMPLES`: from the mouth to the ear."""

    DELAY_SAMPLES = 0
    CONCEALS = True

    def transcode(self, speech, lost=None):
        packets = -(-(len(speech) + self.DELAY_SAMPLES) // PACKET_SAMPLES)
        sent = np.zeros(packets * PACKET_SAMPLES, np.int16)
        sent[: len(speech)] = np.clip(np.round(speech * 32767), -32768, 32767)
        heard = np.zeros_like(sent)
        gone = np.zeros(packets, bool)
        if lost is not None and self.CONCEALS:
            gone[: len(lost)] = lost[:packets]
        self._talk(sent.ctypes.data, heard.ctypes.data, gone.tolist())
        return heard[self.DELAY_SAMPLES :][: len(speech)].astype(np.float32) / 32767

    def _talk(self, sent, heard, gone):
        """Codes the packets at the address `sent` and puts what arrives to `heard`."""
        raise NotImplementedError


class Gsm(_PacketCodec):
    """GSM 06.10 full rate, 13 kbit/s."""

    CONCEALS = False

    def _talk(self, sent, heard, gone):
        create = _function("libgsm.so.1", "gsm_create", _pointer)
        destroy = _function("libgsm.so.1", "gsm_destroy", None, _pointer)
        encode = _function("libgsm.so.1", "gsm_encode", None, _pointer, _pointer, _pointer)
        decode = _function("libgsm.so.1", "gsm_decode", _int, _pointer, _pointer, _pointer)
        packet = ctypes.create_string_buffer(MOST_PACKET_BYTES)
        sender, receiver = create(), create()
        for at in range(0, 2 * PACKET_SAMPLES * len(gone), 2 * PACKET_SAMPLES):
            encode(sender, sent + at, packet)
            decode(receiver, packet, heard + at)
        destroy(sender)
        destroy(receiver)


class Amr(_PacketCodec):
    """AMR narrow band. `mode`: 0 to 7, for 4.75, 5.15, 5.9, 6.7, 7.4, 7.95, 10.2 and 12.2 kbit/s."""

    DELAY_SAMPLES = 40  # The encoder looks 5 ms ahead.
    LIBRARY = "libopencore-amrnb.so.0"

    def __init__(self, mode):
        self.mode = mode

    def _talk(self, sent, heard, gone):
        encode = _function(self.LIBRARY, "Encoder_Interface_Encode", _int, _pointer, _int, _pointer, _pointer, _int)
        decode = _function(self.LIBRARY, "Decoder_Interface_Decode", None, _pointer, _pointer, _pointer, _int)
        sender = _function(self.LIBRARY, "Encoder_Interface_init", _pointer, _int)(0)
        receiver = _function(self.LIBRARY, "Decoder_Interface_init", _pointer)()
        packet = ctypes.create_string_buffer(MOST_PACKET_BYTES)
        for number, never_came in enumerate(gone):
            at = 2 * PACKET_SAMPLES * number
            encode(sender, self.mode, sent + at, packet, 0)
            decode(receiver, AMR_NO_DATA if never_came else packet, heard + at, 0)
        _function(self.LIBRARY, "Encoder_Interface_exit", None, _pointer)(sender)
        _function(self.LIBRARY, "Decoder_Interface_exit", None, _pointer)(receiver)


class Opus(_PacketCodec):
    """Opus for voice in narrow band, at a mean rate of `bit_s` as opusenc understands it."""

    DELAY_SAMPLES = 52  # OPUS_GET_LOOKAHEAD at 8 kHz.
    LIBRARY = "libopus.so.0"

    def __init__(self, bit_s):
        self.bit_s = bit_s

    def _encoder(self):
        error = _int()
        create = _function(self.LIBRARY, "opus_encoder_create", _pointer, _int, _int, _int, _pointer)
        encoder = create(OPUS_RATE_HZ, 1, OPUS_VOICE, ctypes.byref(error))
        control = _function(self.LIBRARY, "opus_encoder_ctl", _int, _pointer, _int, _int)
        control(encoder, OPUS_SET_BITRATE, self.bit_s)
        control(encoder, OPUS_SET_COMPLEXITY, OPUS_COMPLEXITY)
        return encoder

    def _talk(self, sent, heard, gone):
        encode = _function(self.LIBRARY, "opus_encode", _int, _pointer, _pointer, _int, _pointer, _int)
        decode = _function(self.LIBRARY, "opus_decode", _int, _pointer, _pointer, _int, _pointer, _int, _int)
        create = _function(self.LIBRARY, "opus_decoder_create", _pointer, _int, _int, _pointer)
        sender, receiver = self._encoder(), create(OPUS_RATE_HZ, 1, ctypes.byref(_int()))
        packet = ctypes.create_string_buffer(MOST_PACKET_BYTES)
        for number, never_came in enumerate(gone):
            at = 2 * PACKET_SAMPLES * number
            size = encode(sender, sent + at, PACKET_SAMPLES, packet, MOST_PACKET_BYTES)
            if never_came:
                decode(receiver, None, 0, heard + at, PACKET_SAMPLES, 0)
            else:
                decode(receiver, packet, size, heard + at, PACKET_SAMPLES, 0)
        _function(self.LIBRARY, "opus_encoder_destroy", None, _pointer)(sender)
        _function(self.LIBRARY, "opus_decoder_destroy", None, _pointer)(receiver)


def require_all():
    """Stops with the package's name when a codec is not there, before hours of work."""
    for name in PACKAGES:
        _library(name)
