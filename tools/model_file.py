"""Model files, schema tonecue.model/2 (docs/model_file.md): the one place that writes them.

    import model_file
    model_file.write(path, name="vad", about="...", licence="...", definitions=1,
                     training=[{"data": "...", "licence": "..."}], scores=[{"name": "...", "value": 98.5}],
                     strings={"inputs": [...]}, numbers={}, tensors={"dense.weight": array})
"""
import base64
import hashlib
import json
import pathlib

SCHEMA = "tonecue.model/2"
KEYS = ("schema", "name", "about", "licence", "definitions", "training", "scores", "strings", "numbers", "tensors")


def write(path, *, tensors, **card):
    """`tensors`: {name: array of finite numbers, 1 to 3 dimensions}; kept as float32."""
    content = {"schema": SCHEMA, **card, "tensors": {name: _encoded(array) for name, array in tensors.items()}}
    pathlib.Path(path).write_text(text_of(content), encoding="utf-8")


def text_of(content):
    """The whole file: the line with the hash, then a line for each value that a person may look for."""
    if sorted(content) != sorted(KEYS):
        raise ValueError(f"a model file has the keys {', '.join(KEYS)}, not {', '.join(content)}")
    body = ",\n".join(f"{json.dumps(key)}: {_lines(content[key])}" for key in KEYS) + "}\n"
    return f'{{"sha256":"{hashlib.sha256(body.encode()).hexdigest()}",\n{body}'


def read(path):
    """(content without the hash, {name: float32 array})"""
    import numpy as np

    content = checked(pathlib.Path(path).read_bytes())
    arrays = {name: np.frombuffer(base64.b64decode(t["f32"], validate=True), "<f4").reshape(t["shape"])
              for name, t in content["tensors"].items()}
    return content, arrays


def checked(file):
    """The content of the bytes of a file, without the hash, which must be right."""
    first, _, body = file.partition(b"\n")
    content = json.loads(file)
    told = content.pop("sha256")
    if first != f'{{"sha256":"{told}",'.encode() or told != hashlib.sha256(body).hexdigest():
        raise ValueError("the first line is not the hash of the rest")
    return content


def _encoded(array):
    import numpy as np

    values = np.asarray(array, "<f4")
    if not (1 <= values.ndim <= 3 and values.size and np.isfinite(values).all()):
        raise ValueError("a tensor has 1 to 3 dimensions and finite values")
    return {"shape": list(values.shape), "f32": base64.b64encode(values.tobytes()).decode()}


def _lines(value):
    """Each item of a list of objects and each tensor on its own line."""
    def text(item):
        return json.dumps(item, ensure_ascii=False)

    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(map(text, value)) + "]"
    if isinstance(value, dict) and value:
        return "{\n  " + ",\n  ".join(f"{text(name)}: {text(item)}" for name, item in value.items()) + "}"
    return text(value)
