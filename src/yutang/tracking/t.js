// Yutang's page snippet. yutang('track', type, {…}), yutang('identify', {…}, proof), yutang('page').
// Events wait in localStorage until the server has them; their ids stay, so that nothing counts twice.
((window, document) => {
  var me = document.currentScript, stub = window.yutang, store = window.localStorage;
  if (stub && stub.on) return;
  var base = me.src.replace(/\/t\.js.*$/, ''), key = me.getAttribute('data-key');
  var address = base + '/api/v1/events?write_key=' + encodeURIComponent(key);
  var waiting = [], sending = 0, timer = 0, pause = 1000, last = '';

  function read(name, otherwise) {
    try { return JSON.parse(store.getItem('yutang.' + name)) || otherwise; } catch (e) { return otherwise; }
  }
  function keep(name, value) {
    try { store.setItem('yutang.' + name, JSON.stringify(value)); } catch (e) {}
  }
  function uuid() {
    return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => {
      return (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16);
    });
  }
  var device = read('device') || uuid(), who = read('who', {}), proof = read('proof', '');
  keep('device', device);
  waiting = read('waiting', []).slice(-500);

  function track(type, properties) {
    waiting.push({ id: uuid(), type: type, occurred_at: Date.now(), customer: { device, ...who },
      properties: properties || {}, proof });
    keep('waiting', waiting);
    plan(waiting.length > 19 ? 0 : 1000);
  }
  function plan(after) { clearTimeout(timer); timer = setTimeout(send, after); }
  function done(batch) {
    waiting = waiting.filter((each) => !batch.includes(each));
    keep('waiting', waiting);
  }
  function send() {
    if (sending || !waiting.length) return;
    var batch = waiting.slice(0, 50);
    sending = 1;
    fetch(address, { method: 'POST', body: JSON.stringify(batch), keepalive: true, credentials: 'omit',
      headers: { 'Content-Type': 'text/plain' } }).then((answer) => {
      if (answer.status == 429 || answer.status > 499) throw answer;
      done(batch); pause = 1000; sending = 0; plan(0);
    }).catch(() => { sending = 0; pause = Math.min(pause * 2, 60000); plan(pause); });
  }
  function leave() {
    if (waiting.length && navigator.sendBeacon) navigator.sendBeacon(address, JSON.stringify(waiting.slice(0, 50)));
  }
  var calls = {
    track: track,
    page: (more) => {
      if (last == location.href) return;
      last = location.href;
      more = more || {};
      more.title = document.title; more.url = last.slice(0, 2000); more.referrer = document.referrer;
      track('view', more);
    },
    identify: (identities, proven) => {
      who = identities || {}; proof = proven || '';
      keep('who', who); keep('proof', proof);
      if (identities) track('sign_in');
    },
    forget: () => { device = uuid(); keep('device', device); calls.identify(); }
  };
  window.yutang = (name, ...rest) => calls[name](...rest);
  window.yutang.on = 1;
  ((stub && stub.q) || []).forEach((call) => { window.yutang(...call); });
  addEventListener('pagehide', leave);
  addEventListener('popstate', () => { setTimeout(calls.page); });
  var push = history.pushState;
  history.pushState = (...state) => { push.apply(history, state); setTimeout(calls.page); };
  calls.page();
  plan(0);
})(window, document);
