import { csrfHeader, noAnswer, refusal } from "../api";

export interface Sending {
  readonly name: string;
  readonly done: Promise<{ job: number }>;
  part: number;      // Sent so far, [0, 1].
  stopped: boolean;  // By hand.
  stop(): void;
}

// Sends a file as it is. XMLHttpRequest, because fetch() does not tell how much has gone out.
// @param onProgress  `part` has changed.
export function sendFile(address: string, file: File, onProgress: () => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<{ job: number }>((take, fail) => {
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) take(JSON.parse(responseText) as { job: number });
      else fail(refusal(status, responseText, request.getResponseHeader("Retry-After")));
    };
    request.onerror = () => fail(noAnswer());
    request.onabort = () => fail(noAnswer());
  });
  const sending: Sending = {
    name: file.name, done, part: 0, stopped: false,
    stop: () => {
      sending.stopped = true;
      request.abort();
    },
  };
  request.upload.onprogress = ({ loaded, total }) => {
    sending.part = total > 0 ? loaded / total : 0;
    onProgress();
  };
  request.open("POST", address);
  for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
  return sending;
}
