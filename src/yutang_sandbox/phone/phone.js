/** The phone: one page, drawn anew from what the sandbox says every two seconds. */
import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const state = {
  tongue: localStorage.tongue ?? (navigator.language.startsWith("zh") ? "zh" : "en"),
  corp: "", who: "", tab: "chats", chat: null, picking: false, asked: "", seen: null, drawn: "",
};
const t = (key, ...given) => {
  const word = words[state.tongue][key];
  return typeof word === "function" ? word(...given) : word;
};

/** Make an element: `el("p", {class: "x", onclick}, "text", child)`. Text is never markup. */
function el(name, given = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given))
    if (key.startsWith("on")) made[key] = value;
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

async function read(path, query = {}) {
  const answer = await fetch(`/sandbox${path}?${new URLSearchParams(query)}`);
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.error);
  return content;
}

async function act(name, given) {
  const answer = await fetch(`/sandbox/corps/${state.corp}/acts/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(given),
  });
  const content = await answer.json();
  trouble(answer.ok ? "" : content.error);
  await look();
  return answer.ok ? content : null;
}

function trouble(sentence) {
  $("trouble").textContent = sentence;
  $("trouble").hidden = !sentence;
}

const isStaff = () => state.seen?.tasks !== undefined;
const hue = (text) => [...text].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % 360, 7);
const face = (name) => el("span", { class: "face", "aria-hidden": "true", style: `background:hsl(${hue(name)} 42% 40%)` }, [...name][0] ?? "?");
const clock = (at) =>
  new Intl.DateTimeFormat(state.tongue === "zh" ? "zh-CN" : "en-GB", {
    month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai",
  }).format(at * 1000);
const empty = (key) => el("p", { class: "empty" }, t(key));

/** Text with its links to tap. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s，。]+)/).map((part, n) =>
    n % 2 ? el("a", { href: part, target: "_blank", rel: "noopener" }, part) : part);
}

function attached(one) {
  const inside = one[one.msgtype] ?? {};
  const label = inside.title ?? t(one.msgtype);
  return inside.url
    ? el("a", { class: "attached", href: inside.url, target: "_blank", rel: "noopener" }, `${label} ›`)
    : el("span", { class: "attached" }, label);
}

function chats() {
  const wishes = (state.seen.wishes ?? []).map((one) =>
    el("div", { class: "row" }, face(one.name),
      el("span", { class: "body" }, el("b", {}, one.name), el("p", {}, t("wish"))),
      el("button", { class: "do", onclick: () => act("staff.accepts", { staff: state.who, customer: one.id }) }, t("accept"))));
  const rows = state.seen.chats.map((one) =>
    el("button", { class: "row", onclick: () => enter(one) }, face(one.name),
      el("span", { class: "body" },
        el("small", { class: "when" }, clock(one.at)), el("b", {}, one.name), " ",
        el("small", {}, one.kind === "group" ? t("people", one.count) : one.state ? t(one.state) : ""),
        el("p", {}, one.last || " "))));
  return rows.length + wishes.length ? [...wishes, ...rows] : [empty(isStaff() ? "noChatsStaff" : "noChats")];
}

function moments() {
  const rows = state.seen.moments.map((one) => {
    const mine = { customer: state.who, staff: one.staff, moment_id: one.id };
    const input = el("input", { "aria-label": t("comment"), placeholder: t("comment"), id: `c-${one.id}-${one.staff}` });
    const send = (event) => {
      event.preventDefault();
      if (input.value.trim()) act("customer.comments", { ...mine, text: input.value.trim() });
      input.value = "";
    };
    return el("article", { class: "card" },
      el("small", { class: "soft when" }, clock(one.at)), el("b", {}, one.name),
      el("p", {}, ...linked(one.text)), ...one.attachments.map(attached),
      el("p", { class: "soft" }, [t("seen", one.seen), one.likes.length ? `♥ ${one.likes.join("、")}` : ""].filter(Boolean).join(" · ")),
      ...one.comments.map((said) => el("p", {}, el("b", {}, `${said.name}: `), said.text)),
      isStaff() ? "" : el("form", { class: "bar", onsubmit: send },
        el("button", { type: "button", disabled: one.liked ? "" : undefined, onclick: () => act("customer.likes", mine) }, `♥ ${t("like")}`), input));
  });
  return rows.length ? rows : [empty("noMoments")];
}

function tasks() {
  const rows = state.seen.tasks.map((one) => {
    const mass = one.kind === "mass";
    const does = () => mass
      ? act("staff.confirms", { staff: state.who, msgid: one.id })
      : act("staff.publishes", { staff: state.who, moment_id: one.id });
    return el("article", { class: `card${one.done ? " done" : ""}` },
      el("small", { class: "soft when" }, clock(one.at)), el("b", {}, t(one.kind)),
      el("p", {}, ...linked(one.text)), ...one.attachments.map(attached),
      one.done ? el("span", { class: "soft" }, t("done"))
        : el("button", { class: "do", onclick: does }, t(mass ? "confirm" : "publish", one.count)));
  });
  const notices = state.seen.notices.map((one) =>
    el("article", { class: "card" }, el("small", { class: "soft when" }, clock(one.at)), el("b", {}, t("notice")), el("p", {}, ...linked(one.text))));
  return rows.length + notices.length ? [...rows, ...notices] : [empty("noTasks")];
}

function find() {
  const does = (one) => one.kind === "link"
    ? act("customer.taps_link", { customer: state.who, link: one.id })
    : act("customer.scans", { customer: state.who, config_id: one.id });
  const rows = state.seen.codes.map((one) =>
    el("div", { class: "row" }, face(one.name || "?"),
      el("span", { class: "body" }, el("b", {}, one.name || one.id.slice(0, 8)), el("p", {}, t(one.kind))),
      el("button", { class: "do", onclick: async () => (await does(one)) && go("chats") }, t(one.kind === "link" ? "tap" : "scan"))));
  const known = new Set(state.seen.chats.filter((one) => !one.state).map((one) => one.id));
  const guides = (state.people?.staff ?? []).filter((one) => !known.has(one.id)).map((one) =>
    el("div", { class: "row" }, face(one.name), el("span", { class: "body" }, el("b", {}, one.name), el("p", {}, one.role)),
      el("button", { onclick: async () => (await act("customer.adds", { customer: state.who, staff: one.id })) && go("chats") }, t("add"))));
  return [...(rows.length ? rows : [empty("noCodes")]), ...guides];
}

function inside() {
  const { lines, members } = state.talk;
  const other = { customer: isStaff() ? state.chat.id : state.who, staff: isStaff() ? state.who : state.chat.id };
  const quit = async (name, given) => (await act(name, given)) && leave();
  const top = state.chat.kind === "group"
    ? el("div", { class: "strip" }, el("span", { class: "soft" }, members.slice(0, 12).join("、")),
        isStaff() ? "" : el("button", { class: "harm", onclick: () => quit("customer.leaves", { customer: state.who, chat_id: state.chat.id }) }, t("leave")))
    : el("div", { class: "strip" }, el("span", { class: "soft" }, state.chat.state ? t(state.chat.state) : ""),
        el("button", { class: "harm", onclick: () => quit(isStaff() ? "staff.deletes" : "customer.deletes", other) }, t(isStaff() ? "removeStaff" : "remove")));
  let hour = 0;
  const said = lines.flatMap((one) => {
    const mine = one.sender.toLowerCase() === state.who.toLowerCase();
    const stamp = one.at - hour > 600 ? [el("div", { class: "hour" }, clock((hour = one.at)))] : [];
    return [...stamp, el("div", { class: `said${mine ? " mine" : ""}` }, face(one.name),
      el("div", { class: "bubble" }, ...linked(one.text), ...one.attachments.map(attached)))];
  });
  return [top, ...(said.length ? said : [empty("silence")])];
}

function pick() {
  const choose = (one) => {
    Object.assign(state, { who: one.id, picking: false, chat: null, tab: "chats" });
    location.hash = `${state.corp}/${one.id}`;
    look();
  };
  const rows = (key) => (state.people?.[key] ?? []).map((one) =>
    el("button", { class: "row", onclick: () => choose(one) }, face(one.name),
      el("span", { class: "body" }, el("b", {}, one.name), el("p", {}, one.role ?? one.id))));
  const search = el("input", { id: "search", value: state.asked, placeholder: t("search"), "aria-label": t("search"),
    oninput: async (event) => { state.asked = event.target.value; await look(); } });
  const corps = state.corps.length < 2 ? [] : state.corps.map((one) =>
    el("button", { class: one.id === state.corp ? "do" : "", onclick: () => { state.corp = one.id; look(); } }, one.name));
  const found = [["staff", rows("staff")], ["customers", rows("customers")]].filter(([, some]) => some.length);
  return [el("div", { class: "bar card" }, ...corps, search),
    ...(found.length ? found.flatMap(([key, some]) => [el("div", { class: "hour" }, t(key)), ...some]) : [empty("noPeople")])];
}

function enter(chat) { state.chat = chat; look(); }
function leave() { state.chat = null; look(); }
function go(tab) { Object.assign(state, { tab, chat: null, picking: false }); look(); }

/** Ask the sandbox, and draw when something is new. */
async function look() {
  try {
    state.corps = (await read("/corps")).corps;
    if (!state.corps.some((one) => one.id === state.corp)) state.corp = state.corps[0]?.id ?? "";
    if (state.corp) {
      const finds = state.picking || !state.who || state.tab === "find";
      if (finds) state.people = await read(`/corps/${state.corp}/phone/people`, { q: state.picking || !state.who ? state.asked : "" });
      if (state.who) state.seen = await read(`/corps/${state.corp}/phone`, { who: state.who });
      if (state.chat && state.who) state.talk = await read(`/corps/${state.corp}/phone/chat`, { who: state.who, with: state.chat.id });
    }
  } catch (problem) {
    if (state.chat) state.chat = null;
    else state.who = "";
    trouble(problem.message);
  }
  draw();
}

function draw() {
  const picture = JSON.stringify([state.tongue, state.tab, state.chat, state.picking, state.who, state.people, state.seen && { ...state.seen, now: 0 }, state.chat && state.talk, state.corps.length]);
  if (picture === state.drawn) return;
  state.drawn = picture;
  const picking = state.picking || !state.who || !state.seen;
  document.documentElement.lang = state.tongue;
  document.title = t("title");
  $("title").textContent = picking ? t("choose") : state.chat ? state.chat.name : state.seen.corp;
  $("back").hidden = !state.chat && !(state.picking && state.who);
  $("who").textContent = state.seen && !picking ? `${state.seen.me.name} ▾` : "";
  $("tongue").textContent = t("tongue");
  const held = document.activeElement?.id, typed = held && document.activeElement.value;
  const low = $("main").scrollHeight - $("main").scrollTop - $("main").clientHeight < 80;
  const views = { chats, moments, tasks, find };
  $("main").replaceChildren(...(!state.corps.length ? [empty("noCorps")] : picking ? pick() : state.chat ? inside() : views[state.tab]()));
  if (state.chat && low) $("main").scrollTop = $("main").scrollHeight;
  if (held && $(held) && $("main").contains($(held))) { $(held).value = typed; $(held).focus(); }
  $("say").hidden = !state.chat;
  $("words").placeholder = $("words").ariaLabel = t("say");
  $("say").lastElementChild.textContent = t("send");
  const names = picking || state.chat ? [] : isStaff() ? ["chats", "moments", "tasks"] : ["chats", "moments", "find"];
  const waiting = (state.seen?.tasks ?? []).filter((one) => !one.done).length;
  $("tabs").replaceChildren(...names.map((name) =>
    el("button", { onclick: () => go(name), "aria-current": name === state.tab ? "page" : undefined }, t(name),
      name === "tasks" && waiting ? el("span", { class: "mark" }, `${waiting}`) : "")));
  sidebar(picking);
}

/** The app's page beside the chat, as the side panel of the client shows it. */
function sidebar(picking) {
  const shown = Boolean(state.seen?.sidebar && !picking && isStaff() && state.chat);
  const address = shown ? `${state.seen.sidebar}${state.seen.sidebar.includes("?") ? "&" : "?"}with=${encodeURIComponent(state.chat.id)}&as=${state.who}` : "";
  $("sidebar").hidden = !shown;
  if ($("sidebar").dataset.at !== address) {
    $("sidebar").dataset.at = address;
    $("sidebar").src = address || "about:blank";
  }
}

$("back").onclick = () => { if (state.chat) leave(); else { state.picking = false; look(); } };
$("who").onclick = () => { state.picking = true; look(); };
$("tongue").onclick = () => { localStorage.tongue = state.tongue = state.tongue === "zh" ? "en" : "zh"; draw(); };
$("say").onsubmit = (event) => {
  event.preventDefault();
  const text = $("words").value.trim();
  $("words").value = "";
  if (!text) return;
  if (state.chat.kind === "group") act("group.hears", { chat_id: state.chat.id, who: state.who, text });
  else if (isStaff()) act("staff.says", { staff: state.who, customer: state.chat.id, text });
  else act("customer.says", { staff: state.chat.id, customer: state.who, text });
};
[state.corp = "", state.who = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
await look();
setInterval(() => document.hidden || look(), 2000);
