// What the platform's own JavaScript package makes of envelopes. Reads one JSON document, writes one.
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const { getSignature, decrypt, encrypt, getJsApiSignature } = require(given.library);
const { token, key, receiver, timestamp, nonce } = given;
const signed = (encrypted) => ({ encrypted, signature: getSignature(token, timestamp, nonce, encrypted) });

process.stdout.write(JSON.stringify({
  opened: given.sealed.map((each) => ({ ...signed(each), message: decrypt(key, each).message, id: decrypt(key, each).id })),
  sealed: given.texts.map((each) => signed(encrypt(key, each, receiver))),
  page: getJsApiSignature(given.page).signature,
}));
