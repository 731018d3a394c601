-- The warehouse: one table a statement, written for one node. `{engine}` blocks and the cluster's
-- `Distributed` twins are produced from these by engines/_ddl.py. Every table's key begins with the workspace.
-- Instants are UTC to the millisecond; money is integer fen; customer numbers are dense and shared by all workspaces.

-- name: events
-- What people did, in the order audiences read it. `origin` is the customer the identity was born
-- with and never changes; `customer` is who that is today (merges rewrite it, see docs/how/identity-merging.md),
-- and is therefore no part of the key.
CREATE TABLE IF NOT EXISTS events (
    workspace UInt32,
    type LowCardinality(String),
    ts DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    customer UInt32,
    origin UInt32,
    id UUID,
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    amount Int64 DEFAULT 0 CODEC(ZSTD(1)),
    staff UInt32 DEFAULT 0,
    store UInt32 DEFAULT 0,
    `group` UInt32 DEFAULT 0,
    content String DEFAULT '' CODEC(ZSTD(1)),
    campaign String DEFAULT '' CODEC(ZSTD(1)),
    source LowCardinality(String) DEFAULT '',
    texts Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    numbers Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    lists Map(LowCardinality(String), Array(String)) CODEC(ZSTD(1))
) ENGINE = MergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (workspace, type, ts)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- name: timeline
-- The same rows in the order one person's history is read. Keyed by `origin`: a merged customer is
-- read as the few origins she consists of. One partition and compact parts: a person's few rows are
-- then a handful of reads, not one for each month and column (about six times less work, docs/how/timeline.md).
CREATE TABLE IF NOT EXISTS timeline (
    workspace UInt32,
    origin UInt32,
    ts DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    type LowCardinality(String),
    id UUID,
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    amount Int64 CODEC(ZSTD(1)),
    staff UInt32,
    store UInt32,
    `group` UInt32,
    content String CODEC(ZSTD(1)),
    campaign String CODEC(ZSTD(1)),
    source LowCardinality(String),
    texts Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    numbers Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    lists Map(LowCardinality(String), Array(String)) CODEC(ZSTD(1))
) ENGINE = MergeTree
ORDER BY (workspace, origin, ts, id)
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000000, min_rows_for_wide_part = 1000000000000000,
    non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- name: timeline_said
-- All that is shown of an event as one column: a page of somebody's history reads five columns instead of the
-- streams of fourteen, a quarter to a half of the work. Of parts from before it had one, it is made when it is read.
ALTER TABLE timeline ADD COLUMN IF NOT EXISTS said String MATERIALIZED toJSONString(tuple(
    received_at, amount, staff, store, `group`, content, campaign, source, texts, numbers, lists
)) CODEC(ZSTD(1));

-- name: timeline_feed
CREATE MATERIALIZED VIEW IF NOT EXISTS timeline_feed TO timeline AS
SELECT workspace, origin, ts, type, id, received_at, amount, staff, store, `group`, content, campaign, source,
    texts, numbers, lists
FROM events;

-- name: profiles
-- A mirror of customers: the built-in attributes, typed. Rebuildable from PostgreSQL.
-- An empty string or NULL means unknown.
CREATE TABLE IF NOT EXISTS profiles (
    workspace UInt32,
    customer UInt32,
    name String DEFAULT '',
    gender LowCardinality(String) DEFAULT '',
    birthday Nullable(Date32),
    country LowCardinality(String) DEFAULT '',
    province LowCardinality(String) DEFAULT '',
    city LowCardinality(String) DEFAULT '',
    district LowCardinality(String) DEFAULT '',
    source LowCardinality(String) DEFAULT '',
    joined_at Nullable(DateTime64(3, 'UTC')),
    created_at DateTime64(3, 'UTC'),
    identity_kinds Array(LowCardinality(String)),
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, customer);

-- name: fields
-- Custom and module-owned attributes, one row a customer and attribute; which value column is used
-- follows from the attribute's kind. Money is fen in `number`; a bool is 0 or 1 in `number`.
CREATE TABLE IF NOT EXISTS fields (
    workspace UInt32,
    attribute LowCardinality(String),
    customer UInt32,
    text String DEFAULT '',
    number Float64 DEFAULT 0,
    date Nullable(Date32),
    moment Nullable(DateTime64(3, 'UTC')),
    list Array(String),
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, attribute, customer);

-- name: tags
CREATE TABLE IF NOT EXISTS tags (
    workspace UInt32,
    tag UInt32,
    customer UInt32,
    tagged_at DateTime64(3, 'UTC'),
    expires_at DateTime64(3, 'UTC') DEFAULT '2299-01-01 00:00:00',
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, tag, customer);

-- name: relations
-- kind: staff, store, group, referrer (target = the referring customer). status: follow-up status.
CREATE TABLE IF NOT EXISTS relations (
    workspace UInt32,
    kind LowCardinality(String),
    target UInt32,
    customer UInt32,
    status LowCardinality(String) DEFAULT '',
    source LowCardinality(String) DEFAULT '',
    since DateTime64(3, 'UTC'),
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, kind, target, customer);

-- name: dependants
CREATE TABLE IF NOT EXISTS dependants (
    workspace UInt32,
    customer UInt32,
    dependant UInt32,
    kind LowCardinality(String) DEFAULT 'child',
    gender LowCardinality(String) DEFAULT '',
    birthday Nullable(Date32),
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, customer, dependant);

-- name: members
-- Who is in a saved audience now.
CREATE TABLE IF NOT EXISTS members (
    workspace UInt32,
    audience UInt32,
    customer UInt32,
    since DateTime64(3, 'UTC'),
    version UInt64,
    removed UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, removed)
ORDER BY (workspace, audience, customer)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- name: member_changes
-- Every entering (1) and leaving (-1), for “as of” and for history.
CREATE TABLE IF NOT EXISTS member_changes (
    workspace UInt32,
    audience UInt32,
    at DateTime64(3, 'UTC'),
    customer UInt32,
    step Int8,
    version UInt64
) ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (workspace, audience, at, customer)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
