# Counts syllable nuclei by the method of N. H. de Jong and T. Wempe, "Praat script to detect syllable
# nuclei and measure speech rate automatically", Behavior Research Methods 41, 2009: a nucleus is a
# peak of intensity within 25 dB of the loudest, 2 dB above the dip before it, and voiced.
form Syllable nuclei of a recording
  sentence recording
  sentence output
endform

silence_db = -25
least_dip_db = 2

sound = Read from file: recording$
intensity = noprogress To Intensity: 50, 0, "yes"
loudest_db = Get quantile: 0, 0, 0.99
floor_db = loudest_db + silence_db
frames = Get number of frames
selectObject: sound
pitch = noprogress To Pitch (ac): 0.02, 30, 4, "no", 0.03, 0.25, 0.01, 0.35, 0.25, 450

nuclei = 0
selectObject: intensity
before_db = Get value in frame: 1
here_db = before_db
dip_db = before_db
for i from 2 to frames
  selectObject: intensity
  after_db = Get value in frame: i
  dip_db = min (dip_db, here_db)
  if here_db > before_db and here_db >= after_db and here_db > floor_db and here_db - dip_db >= least_dip_db
    time = Get time from frame number: i - 1
    selectObject: pitch
    f0_hz = Get value at time: time, "Hertz", "Linear"
    if f0_hz <> undefined
      nuclei += 1
    endif
    dip_db = here_db
  endif
  before_db = here_db
  here_db = after_db
endfor
writeFileLine: output$, "syllables"
appendFileLine: output$, nuclei
