-- Everything conditions can know of one customer, for saying why she is in or out.

-- name: profiles
SELECT * FROM profiles FINAL
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)};

-- name: fields
SELECT * FROM fields FINAL
WHERE workspace = {workspace:UInt32} AND attribute IN {attributes:Array(String)} AND customer = {customer:UInt32};

-- name: events
SELECT * FROM timeline
WHERE workspace = {workspace:UInt32} AND origin IN {origins:Array(UInt32)}
    AND ts <= {now:DateTime64(3, 'UTC')}
    AND (empty({types:Array(String)}) OR type IN {types:Array(String)})
ORDER BY ts DESC, id DESC
LIMIT {most:UInt32};

-- name: tags
SELECT tag, tagged_at, expires_at FROM tags FINAL
WHERE workspace = {workspace:UInt32} AND tag IN {tags:Array(UInt32)} AND customer = {customer:UInt32};

-- name: ties
SELECT kind, target, since, status FROM relations FINAL
WHERE workspace = {workspace:UInt32} AND kind IN {kinds:Array(String)} AND customer = {customer:UInt32};

-- name: referred
SELECT since FROM relations FINAL
WHERE workspace = {workspace:UInt32} AND kind = 'referrer' AND target = {customer:UInt32};

-- name: kin
SELECT kind, gender, birthday FROM dependants FINAL
WHERE workspace = {workspace:UInt32} AND customer = {customer:UInt32};

-- name: audiences
SELECT audience FROM members FINAL
WHERE workspace = {workspace:UInt32} AND audience IN {audiences:Array(UInt32)} AND customer = {customer:UInt32};
