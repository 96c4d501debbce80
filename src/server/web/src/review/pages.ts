import { html, type TemplateResult } from "lit";
import "./admin/audit-page";
import "./admin/people-page";
import "./admin/tokens-page";
import "./agreement/agreement-page";
import "./call/call-page";
import "./numbers/numbers-page";
import "./privacy/privacy-page";
import "./upload/upload-page";
import type { Role } from "./contract";

export interface PageKind {
  path: RegExp;
  title: string;
  roles: readonly Role[];
  inMenu: string;  // The address in the menu; empty: not there.
  // @param found  Of `path` in the address.
  view(found: RegExpExecArray): TemplateResult;
}

const kAll: readonly Role[] = ["agent", "supervisor", "admin"];
const kReviewers: readonly Role[] = ["supervisor", "admin"];
const kAdmins: readonly Role[] = ["admin"];

// The list, "/", is the shell's own: it stays while a call is looked at.
export const kPages: readonly PageKind[] = [
  {
    path: /^\/calls\/(\d+)$/, title: "Call", roles: kAll, inMenu: "",
    view: ([, id]) => html`<review-call call-id=${id!}></review-call>`,
  },
  { path: /^\/numbers$/, title: "Numbers", roles: kAll, inMenu: "/numbers", view: () => html`<review-numbers></review-numbers>` },
  { path: /^\/agreement$/, title: "Agreement", roles: kReviewers, inMenu: "/agreement", view: () => html`<review-agreement></review-agreement>` },
  { path: /^\/upload$/, title: "Upload", roles: kReviewers, inMenu: "/upload", view: () => html`<review-upload></review-upload>` },
  { path: /^\/people$/, title: "People", roles: kAdmins, inMenu: "/people", view: () => html`<review-people></review-people>` },
  { path: /^\/tokens$/, title: "Tokens", roles: kAdmins, inMenu: "/tokens", view: () => html`<review-tokens></review-tokens>` },
  { path: /^\/audit$/, title: "Audit log", roles: kAdmins, inMenu: "/audit", view: () => html`<review-audit></review-audit>` },
  { path: /^\/privacy$/, title: "Privacy", roles: kAll, inMenu: "/privacy", view: () => html`<review-privacy></review-privacy>` },
];
