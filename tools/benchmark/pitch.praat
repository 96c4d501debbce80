# F0 of a recording as one row of numbers, 0 where unvoiced. Praat's own defaults, but for the step
# and the range.
form F0 of a recording
  word method ac
  sentence recording
  sentence output
endform

Read from file: recording$
if method$ = "ac"
  noprogress To Pitch (ac): 0.01, 60, 15, "no", 0.03, 0.45, 0.01, 0.35, 0.14, 500
else
  noprogress To Pitch (cc): 0.01, 60, 15, "no", 0.03, 0.45, 0.01, 0.35, 0.14, 500
endif
To Matrix
Save as short text file: output$
