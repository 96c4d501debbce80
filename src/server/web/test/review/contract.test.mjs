// The fake server speaks as contract.ts says, so that pages which pass here fit the real one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintsOfTypeScript } from "../type_check.mjs";
import { FakeReview, kPassword } from "./fake_review.mjs";

const kAnswers = [
  ["/api/me", "Contract.Me"],
  ["/api/calls?flagged=yes&order=need", "Contract.CallPage"],
  ["/api/facets", "Contract.Facets"],
  ["/api/views", "{ views: Contract.View[] }"],
  ["/api/calls/1", "Contract.CallAnswer"],
  ["/api/calls/1/track", "Contract.Track"],
  ["/api/calls/1/next", "{ id: number | null }"],
  ["/api/jobs", "{ jobs: Contract.Job[] }"],
  ["/api/people", "{ people: Contract.Person[] }"],
  ["/api/tokens", "{ tokens: Contract.Token[] }"],
  ["/api/audit?limit=3", "{ entries: Contract.AuditEntry[] }"],
  ["/api/audit/check", "Contract.AuditCheck"],
  ["/api/privacy", "Contract.Privacy"],
];

test("what the fake server tells is what contract.ts says, field by field", async () => {
  const review = await FakeReview.start();
  try {
    const entry = await fetch(`${review.address}/api/session`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ login: "ada", password: kPassword }),
    });
    const headers = { "Cookie": entry.headers.get("set-cookie").split(";")[0], "X-Tonecue-Csrf": (await entry.json()).csrf, "Content-Type": "application/json" };
    const change = (method, address, body) => fetch(review.address + address, { method, headers, body: JSON.stringify(body) });
    await change("POST", "/api/views", { name: "a week", query: "when=7d" });
    await change("POST", "/api/tokens", { name: "recorder", right: "upload", days: 30 });
    await change("POST", "/api/calls/1/notes", { at_s: 12.5, text: "listen here" });
    const [{ id }] = review.call(1).cues;
    await change("PUT", `/api/cues/${id}/verdict`, { verdict: "right" });
    review.jobs = [{ id: 1, name: "a.wav", state: "known", progress: 1, call: 2, error: "" }];

    const told = [];
    for (const [address, type] of kAnswers) {
      const reply = await fetch(review.address + address, { headers });
      assert.equal(reply.status, 200, address);
      told.push([type, await reply.json()]);
    }
    assert.equal(await complaintsOfTypeScript("review/contract", told), "");
    const [, page] = told[1];
    for (const wrong of [{ need: "much" }, { rank: 1 }, { conduct_from: undefined }]) {
      assert.match(await complaintsOfTypeScript("review/contract", [["Contract.CallEntry", { ...page.calls[0], ...wrong }]]), /error TS/);
    }
  } finally {
    await review.stop();
  }
});
