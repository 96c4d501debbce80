"""What our program costs: whole calls as a user runs them, and each part by Google Benchmark."""
import dataclasses

from . import ours, processes, recordings
from .tables import NOBODY, aligned


@dataclasses.dataclass(frozen=True)
class CallCost:
    minutes: int
    cpu_s: float
    peak_mib: float

    @property
    def times_real_time(self):
        return 60 * self.minutes / self.cpu_s


def call_cost(sources, minutes, work, repeats=1):
    """A call of two parties through `tonecue analyze`: the whole process, one core."""
    call = work / f"call_{minutes}.wav"
    recordings.joined(sources, call, 60 * minutes)
    command = [ours.PROGRAM, "analyze", call, "--jobs", 1, "--quiet"]
    runs = [processes.run_with_peak(command) for _ in range(repeats)]
    call.unlink()
    return CallCost(minutes, min(cpu_s for cpu_s, _ in runs), max(peak_mib for _, peak_mib in runs))


def chain_table(calls, session, frames_speed):
    """`session`: the part CallSession; `frames_speed`: of `tonecue frames`, x real time."""
    lines = [[f"`tonecue analyze`, a call of {call.minutes} minutes, both parties",
              f"{call.times_real_time:.0f}", f"{2 * call.times_real_time:.0f}", f"{call.peak_mib:.1f} MiB, process"]
             for call in calls]
    per_call = session["x_realtime"]
    lines.append(["frames, turns, cues, distress and alerts, in process", f"{per_call:.0f}",
                  f"{session['voices'] * per_call:.0f}", f"{session['heap_kb']:.0f} KB, one more call"])
    lines.append(["`tonecue frames`, one voice, its CSV written", NOBODY, f"{frames_speed:.0f}", NOBODY])
    return aligned(["on one core", "x real time, call", "x real time per party", "memory"], lines)


def parts_table(parts):
    """Share: of what the whole call costs for one voice. Parts with a label are no parts beside the others, but
    several of them at once or another way: they come last."""
    whole_ns = ns_per_voice(parts["CallSession"])

    def line(name, part):
        ns = ns_per_voice(part)
        return [name, f"{ns:.0f}", f"{100 * ns / whole_ns:.1f} %", f"{1e7 / ns:.0f}"]

    lines = [line(name, part) for name, part in parts.items()
             if "voices" in part and not part.get("label")]  # What is done once, like loading, is no part of a hop.
    lines += [line(f"{name}: {part['label']}", part) for name, part in parts.items() if part.get("label")]
    return aligned(["part", "ns per hop and voice", "share of the whole", "x real time"], lines)


def ns_per_voice(part):
    return part["ns"] / part["voices"]
