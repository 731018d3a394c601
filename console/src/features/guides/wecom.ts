import { client, unwrap } from "@/api/client";

/** What the scripts of WeCom put into the window; there only inside its own client. */
interface Answer {
  err_msg: string;
  userId?: string;
}
interface Sdk {
  config: (given: object) => void;
  ready: (then: () => void) => void;
  error: (then: (answer: { errMsg?: string }) => void) => void;
  agentConfig: (given: object) => void;
  invoke: (name: string, given: object, then: (answer: Answer) => void) => void;
}
declare global {
  interface Window {
    wx?: Sdk;
  }
}

const SCRIPTS = ["https://res.wx.qq.com/open/js/jweixin-1.2.0.js", "https://open.work.weixin.qq.com/wwopen/js/jwxwork-1.0.0.js"];
const CALLS = ["getContext", "getCurExternalContact", "sendChatMessage"];
const LONGEST = 8000; // milliseconds to wait for the client's scripts and answers

/** Whether this page is shown by the WeCom client. */
export function isInWeCom(): boolean {
  return /wxwork\//i.test(navigator.userAgent);
}

function fetchScript(src: string): Promise<void> {
  return new Promise((done, fail) => {
    const tag = document.createElement("script");
    tag.src = src;
    tag.onload = () => { done(); };
    tag.onerror = () => { fail(new Error(src)); };
    document.head.append(tag);
  });
}

let readied: Promise<Sdk> | null = null;

/** The SDK, signed for this page; once for as long as the page lives, again after it came to nothing. */
function sdk(): Promise<Sdk> {
  readied ??= within(prepare()).catch((reason: unknown) => {
    readied = null;
    throw reason;
  });
  return readied;
}

async function prepare(): Promise<Sdk> {
  for (const src of SCRIPTS) await fetchScript(src);
  const wx = window.wx;
  if (!wx) throw new Error("wx");
  const url = location.href.split("#")[0] ?? location.href;
  const signed = await unwrap(client.GET("/api/v1/guides/page-signature", { params: { query: { url } } }));
  const common = { timestamp: signed.timestamp, nonceStr: signed.nonce, jsApiList: CALLS };
  await new Promise<void>((done, fail) => {
    wx.error((answer) => { fail(new Error(answer.errMsg ?? "config")); });
    wx.ready(done);
    wx.config({ beta: true, debug: false, appId: signed.corp_id, signature: signed.config, ...common });
  });
  await new Promise<void>((done, fail) => {
    wx.agentConfig({ corpid: signed.corp_id, agentid: signed.agent_id, signature: signed.agent, ...common, success: () => { done(); }, fail: () => { fail(new Error("agentConfig")); } });
  });
  return wx;
}

function within<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([promise, new Promise<T>((_, fail) => setTimeout(() => { fail(new Error("late")); }, LONGEST))]);
}

function invoke(wx: Sdk, name: string, given: object): Promise<Answer> {
  return within(
    new Promise((done, fail) => {
      wx.invoke(name, given, (answer) => {
        if (answer.err_msg === `${name}:ok`) done(answer);
        else fail(new Error(answer.err_msg));
      });
    }),
  );
}

/** Whom the chat beside this page is with; null where there is none. */
export async function currentContact(): Promise<string | null> {
  if (!isInWeCom()) return null;
  try {
    return (await invoke(await sdk(), "getCurExternalContact", {})).userId ?? null;
  } catch {
    return null; // opened from the workbench: nobody is in front
  }
}

export interface Sayable {
  id: number;
  kind: string;
  text: string;
  description: string;
  url: string;
  picture: string;
  app_id: string;
}

const FILES = ["image", "video", "file"];

/** Whether a phrase is a file, sent as it is. */
export function isFile(kind: string): boolean {
  return FILES.includes(kind);
}

/** A phrase as the client sends it; a file under the id WeCom holds it by. */
export function messageOf(phrase: Omit<Sayable, "id">, media = ""): object {
  if (isFile(phrase.kind)) return { msgtype: phrase.kind, enterChat: true, [phrase.kind]: { mediaid: media } };
  if (phrase.kind === "link") return { msgtype: "news", enterChat: true, news: { link: phrase.url, title: phrase.text, desc: phrase.description, imgUrl: phrase.picture } };
  if (phrase.kind === "mini_program") return { msgtype: "miniprogram", enterChat: true, miniprogram: { appid: phrase.app_id, title: phrase.text, imgUrl: phrase.picture, page: phrase.url } };
  return { msgtype: "text", enterChat: true, text: { content: phrase.text } };
}

/** A phrase as it is pasted, where it cannot be sent from here. */
export function textOf(phrase: Omit<Sayable, "id">): string {
  return [phrase.text, phrase.description, phrase.url].filter(Boolean).join("\n");
}

/** Put it into the chat: `sent`; or, elsewhere, onto the clipboard: `copied`. */
export async function say(phrase: Sayable): Promise<"sent" | "copied"> {
  if (isInWeCom()) {
    const media = isFile(phrase.kind) ? (await unwrap(client.POST("/api/v1/guides/phrases/{phrase_id}/media", { params: { path: { phrase_id: phrase.id } } }))).media_id : "";
    await invoke(await sdk(), "sendChatMessage", messageOf(phrase, media));
    return "sent";
  }
  await navigator.clipboard.writeText(textOf(phrase));
  return "copied";
}
