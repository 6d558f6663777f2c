CREATE TABLE kinkeeper_release.access_token (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    scopes character varying DEFAULT '*'::character varying NOT NULL
);
CREATE TABLE kinkeeper_release.account (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    email character varying NOT NULL,
    password_hash character varying,
    epoch integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    username character varying,
    new_email character varying,
    changed_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    deactivated_at timestamp with time zone,
    deleted_at timestamp with time zone,
    totp_sealed bytea,
    totp_confirmed_at timestamp with time zone,
    totp_step integer,
    CONSTRAINT ck_account_email_in_lower_case CHECK (((email)::text = lower((email)::text))),
    CONSTRAINT ck_account_second_factor_has_key CHECK (((totp_confirmed_at IS NULL) OR (totp_sealed IS NOT NULL))),
    CONSTRAINT ck_account_username_in_lower_case CHECK (((username)::text = lower((username)::text)))
);
CREATE TABLE kinkeeper_release.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE kinkeeper_release.api_session (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.audit_entry (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name character varying NOT NULL,
    action character varying NOT NULL,
    subject_id uuid,
    details json NOT NULL
);
CREATE SEQUENCE kinkeeper_release.audit_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE kinkeeper_release.audit_entry_id_seq OWNED BY kinkeeper_release.audit_entry.id;
CREATE TABLE kinkeeper_release.circle (
    id uuid NOT NULL,
    name character varying NOT NULL,
    language character varying NOT NULL,
    zone character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.custom_role (
    name character varying NOT NULL,
    title character varying NOT NULL,
    rights json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.device (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    digest bytea NOT NULL,
    name character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.errand (
    id uuid NOT NULL,
    kind character varying NOT NULL,
    fields json NOT NULL,
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    leased_until timestamp with time zone,
    last_error character varying,
    CONSTRAINT ck_errand_progress CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'done'::character varying, 'dead'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.exchange (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    description character varying NOT NULL,
    budget character varying NOT NULL,
    most_people integer,
    closes_on date NOT NULL,
    gifts_on date NOT NULL,
    zone character varying NOT NULL,
    state character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone,
    keep_days integer DEFAULT 30 NOT NULL,
    ended_at timestamp with time zone,
    series_id uuid NOT NULL,
    shape character varying(32) DEFAULT 'any'::character varying NOT NULL,
    avoid_years integer DEFAULT 3 NOT NULL,
    publishes_draw boolean DEFAULT false NOT NULL,
    names_in_letters boolean DEFAULT false NOT NULL,
    publishes_draw_at timestamp with time zone,
    names_in_letters_at timestamp with time zone,
    seed_sealed bytea,
    wishes_told_on date,
    remind_days character varying DEFAULT '7,1'::character varying NOT NULL,
    CONSTRAINT ck_exchange_closes_before_gifts CHECK ((closes_on <= gifts_on)),
    CONSTRAINT ck_exchange_drawn_once CHECK (((drawn_at IS NULL) OR ((state)::text <> ALL ((ARRAY['draft'::character varying, 'open'::character varying, 'closed'::character varying])::text[])))),
    CONSTRAINT ck_exchange_drawn_when_drawn CHECK (((drawn_at IS NOT NULL) OR ((state)::text <> ALL ((ARRAY['drawn'::character varying, 'completed'::character varying])::text[])))),
    CONSTRAINT ck_exchange_ended_when_over CHECK (((ended_at IS NOT NULL) = ((state)::text = ANY ((ARRAY['completed'::character varying, 'cancelled'::character varying, 'purged'::character varying])::text[])))),
    CONSTRAINT ck_exchange_exchangestate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'open'::character varying, 'closed'::character varying, 'drawn'::character varying, 'completed'::character varying, 'cancelled'::character varying, 'purged'::character varying])::text[]))),
    CONSTRAINT ck_exchange_kept_for_a_while CHECK (((keep_days >= 7) AND (keep_days <= 365))),
    CONSTRAINT ck_exchange_shape CHECK (((shape)::text = ANY ((ARRAY['any'::character varying, 'no-mutual'::character varying, 'one-loop'::character varying])::text[]))),
    CONSTRAINT ck_exchange_three_or_more CHECK ((most_people >= 3)),
    CONSTRAINT ck_exchange_years_avoided CHECK (((avoid_years >= 0) AND (avoid_years <= 10)))
);
CREATE TABLE kinkeeper_release.exchange_assignment (
    draw_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    receiver_sealed bytea NOT NULL,
    receiver_mark bytea NOT NULL,
    opened_at timestamp with time zone,
    bought_sealed bytea,
    ready_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.exchange_draw (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    version integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    quality character varying(32) NOT NULL,
    kind character varying(32) DEFAULT 'draw'::character varying NOT NULL,
    reason character varying DEFAULT ''::character varying NOT NULL,
    document_sealed bytea,
    commitment character varying,
    gifts_on date,
    changed_for_id uuid,
    CONSTRAINT ck_exchange_draw_drawkind CHECK (((kind)::text = ANY ((ARRAY['draw'::character varying, 'redraw'::character varying, 'repair'::character varying])::text[]))),
    CONSTRAINT ck_exchange_draw_quality CHECK (((quality)::text = ANY ((ARRAY['exact'::character varying, 'mixed'::character varying, 'capped'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.exchange_household_rule (
    exchange_id uuid NOT NULL,
    household_id uuid NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_new_address (
    participant_id uuid NOT NULL,
    email character varying NOT NULL,
    asked_by character varying NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.exchange_organiser (
    exchange_id uuid NOT NULL,
    person_id uuid NOT NULL,
    since_at timestamp with time zone NOT NULL,
    hears_of_joining boolean NOT NULL,
    hears_of_leaving boolean NOT NULL,
    hears_of_drawing boolean NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_pair_memory (
    series_id uuid NOT NULL,
    gifts_on date NOT NULL,
    giver_mark bytea NOT NULL,
    receiver_mark bytea NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_pair_rule (
    giver_id uuid NOT NULL,
    receiver_id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    CONSTRAINT ck_exchange_pair_rule_two_people CHECK ((giver_id <> receiver_id))
);
CREATE TABLE kinkeeper_release.exchange_participant (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    person_id uuid,
    name character varying NOT NULL,
    wishes character varying NOT NULL,
    language character varying NOT NULL,
    salt bytea NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    invited_by character varying,
    wishes_before bytea,
    wants_reminders boolean DEFAULT true NOT NULL,
    hears_of_wishes boolean DEFAULT true NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_reminder (
    participant_id uuid NOT NULL,
    days integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_reveal (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name character varying NOT NULL,
    reason character varying NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_wish (
    id uuid NOT NULL,
    participant_id uuid NOT NULL,
    text character varying NOT NULL,
    url character varying,
    priority character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_exchange_wish_priority CHECK (((priority)::text = ANY ((ARRAY['love'::character varying, 'like'::character varying, 'nice'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.guardian (
    ward_id uuid NOT NULL,
    guardian_id uuid NOT NULL,
    CONSTRAINT ck_guardian_guards_another CHECK ((ward_id <> guardian_id))
);
CREATE TABLE kinkeeper_release.household (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    name character varying NOT NULL
);
CREATE TABLE kinkeeper_release.household_member (
    household_id uuid NOT NULL,
    person_id uuid NOT NULL
);
CREATE TABLE kinkeeper_release.kept_key (
    label character varying NOT NULL,
    sealed bytea NOT NULL
);
CREATE TABLE kinkeeper_release.limit_spending (
    key bytea NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    spent integer NOT NULL
);
CREATE TABLE kinkeeper_release.link (
    id uuid NOT NULL,
    purpose character varying NOT NULL,
    subject_id uuid NOT NULL,
    digest bytea NOT NULL,
    lasts_seconds integer NOT NULL,
    ends_at timestamp with time zone,
    used_at timestamp with time zone,
    voided_at timestamp with time zone,
    asked_by bytea,
    reader_id uuid,
    key_id bytea
);
CREATE TABLE kinkeeper_release.live_event (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    topic character varying NOT NULL,
    kind character varying NOT NULL,
    subject_id uuid,
    facts json NOT NULL
);
CREATE SEQUENCE kinkeeper_release.live_event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE kinkeeper_release.live_event_id_seq OWNED BY kinkeeper_release.live_event.id;
CREATE TABLE kinkeeper_release.master_key (
    generation integer NOT NULL,
    key_id bytea NOT NULL,
    since_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.outbox_letter (
    id uuid NOT NULL,
    once character varying NOT NULL,
    kind character varying NOT NULL,
    "to" character varying NOT NULL,
    person_id uuid,
    fields json NOT NULL,
    message_id character varying NOT NULL,
    generation integer NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    doubts integer NOT NULL,
    fence integer NOT NULL,
    leased_by character varying,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    carrier character varying,
    provider_id character varying,
    last_error character varying,
    about_id uuid,
    key_id bytea,
    CONSTRAINT ck_outbox_letter_sending CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'leased'::character varying, 'handing'::character varying, 'sent'::character varying, 'retry'::character varying, 'failed'::character varying, 'uncertain'::character varying, 'overtaken'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.person (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    name character varying NOT NULL,
    email character varying,
    language character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    zone character varying,
    birthday character varying,
    listed_at timestamp with time zone,
    folded character varying DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ck_person_email_in_lower_case CHECK (((email)::text = lower((email)::text)))
);
CREATE TABLE kinkeeper_release.recovery_code (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    digest bytea NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.refresh_token (
    session_id uuid NOT NULL,
    generation integer NOT NULL,
    digest bytea NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.registration (
    id uuid NOT NULL,
    email character varying NOT NULL,
    name character varying NOT NULL,
    circle character varying NOT NULL,
    language character varying NOT NULL,
    zone character varying NOT NULL,
    asked_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.repeatable_call (
    caller_id uuid NOT NULL,
    key_digest bytea NOT NULL,
    fingerprint bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    answer_sealed bytea
);
CREATE TABLE kinkeeper_release.role_grant (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    role character varying NOT NULL,
    scope character varying(32) NOT NULL,
    scope_id uuid NOT NULL,
    since_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_role_grant_scope CHECK (((scope)::text = ANY ((ARRAY['house'::character varying, 'circle'::character varying, 'occasion'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.sweep_slot (
    name character varying NOT NULL,
    slot timestamp with time zone NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.tally (
    name character varying NOT NULL,
    number integer NOT NULL
);
CREATE TABLE kinkeeper_release.web_session (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    person_id uuid NOT NULL,
    account_id uuid,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    idle_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    proved_at timestamp with time zone NOT NULL,
    device_id uuid
);
ALTER TABLE ONLY kinkeeper_release.audit_entry ALTER COLUMN id SET DEFAULT nextval('kinkeeper_release.audit_entry_id_seq'::regclass);
ALTER TABLE ONLY kinkeeper_release.live_event ALTER COLUMN id SET DEFAULT nextval('kinkeeper_release.live_event_id_seq'::regclass);
INSERT INTO kinkeeper_release.account VALUES ('01a1ff99-a6e8-7000-8162-fda28dafa72a', '01a1ff99-a6e1-7000-a153-77a962f47be0', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$wTph8bs8WKI7g9vykJS7zg$Bm2qtAoaaNCGQ7yOOTtr61Thy3s/c5eYFJy2zoaiKZU', 0, '2026-11-21 19:33:42.237994+00', NULL, NULL, '2026-11-21 19:33:42.237994+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.alembic_version VALUES ('0003');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 19:33:42.237994+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a1ff99-a6e8-7000-8162-fda28dafa72a', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 19:33:42.282079+00', '01a1ff99-a6e8-7000-8162-fda28dafa72a', 'Olga', 'exchange.begun', '01a1ff99-a70a-7000-b117-f91167475bd3', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 19:33:42.894299+00', '01a1ff99-a6e8-7000-8162-fda28dafa72a', 'Olga', 'exchange.begun', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 19:33:43.128236+00', '01a1ff99-a6e8-7000-8162-fda28dafa72a', 'Olga', 'exchange.household_ruled_out', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 19:33:43.140847+00', '01a1ff99-a6e8-7000-8162-fda28dafa72a', 'Olga', 'exchange.closed', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 19:33:43.152327+00', '01a1ff99-a6e8-7000-8162-fda28dafa72a', 'Olga', 'exchange.names_drawn', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '{"people": 5, "commitment": "da934648c75b1425a4096e73e01082655ed55e6c4749024e57bbf38b6da8c5fa"}');
INSERT INTO kinkeeper_release.circle VALUES ('01a1ff99-a6df-7000-9b37-8aac71673754', 'The Olsens', 'en', 'Europe/London', '2026-11-21 19:33:42.237994+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a6df-7000-9b37-8aac71673754', 'd2tq2cwn5kp7', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-14', '2026-12-24', 'Europe/London', 'open', '2026-11-21 19:33:42.282079+00', NULL, 30, NULL, '01a1ff99-a70b-7000-b809-320c91d0dbcc', 'any', 3, false, false, NULL, NULL, NULL, NULL, '7,1');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a6df-7000-9b37-8aac71673754', 'tbghmqs36zea', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-06-14', '2027-06-24', 'Europe/London', 'drawn', '2026-11-21 19:33:42.894299+00', '2026-11-21 19:33:43.152327+00', 30, NULL, '01a1ff99-a96e-7001-bac0-fec900e21928', 'any', 3, false, false, NULL, NULL, '\x0155dd2f2e97976a2faeeda41fddfd49b0229e235e5029087727cc4dfef3003b1e7a2cd75c43e0d2f25f49812444b176836c564af0cf976323ff5ad55f96608eb5', NULL, '7,1');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-a988-7000-9709-3247fc558213', '\x0155dd2f2e5eae0acf8e4c144e6472af2d4d3106af54abe86256da07a9411d8b366ad5b9b07bcd4357bb92ac1258bfba61', '\x7edef15453a18d78ab9fb8508c55c72391dc585106394dc85b0441d359faa0e6', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-a9c1-7000-a754-1cb413a25835', '\x0155dd2f2e5fdc1404e574dbceaf99198ae43932bed5e6317807e8e2fe55ca9891ebd6ac30b0c836bc857e0f29ef3fad65', '\x92ce2607cdf9027fff8584a3313f551557eb65be8b6901b822a1679323a42d90', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '\x0155dd2f2e3addb9b2d5f3af1acf2cb99e88f7094246292ab1bf9081fa33f0ba69e6dc6b745cc5bc6f7bf6e67d5e06aff4', '\xb41ba098a3f74b2c6366e5b2e5bd1cb6b0be41e25a592bb2f2ba003d212cc4dd', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-aa25-7000-8d8e-e0823a390455', '\x0155dd2f2e0eef9a461f5949fb078fa63bf420fe953ba03eb0f792e5a924e998fa644802a0e963c90e828f2a570f40933c', '\x39dbf9fe016653e203a0e74229e40ffb1d4f291443c83f01b1d90463b42f2770', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-aa3b-7000-96e0-3b268405e201', '\x0155dd2f2e67512409382c4f6d201aee6c6961d62814b634978c8bd7ec2ffb6fe5f1af0998435aec71f1ca4f73adde96f5', '\x2a9861cd315f69b653ac165ea9dea2aab558703b9cb92341e607ee93aa464ddf', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a1ff99-aa77-7000-8b8c-2aea4c2b331a', '01a1ff99-a96e-7000-806a-d13bcc2354a6', 1, '2026-11-21 19:33:43.152327+00', 'exact', 'draw', '', '\x0155dd2f2e14cf4904f94e706a021b830345114cebfb2e3643b5fc4ddd802f3909e70f6839d7d41cc0e7285d9798d7e06ce1c4a321d447563ed810cfa4a3cf03ee2f94bbbf58efd8d20d8c5d446ae0f12da5282d7c44cd8a46ea354f44b8fadb171fe54d33af62ac8086737573e3320c245e651fe9e468188f61dde5870901917976be7297d02ae57f2080a3c35e7e9a7d7fbe8196151072e68bdfc5d4ac4e2342f38c52e8f9541db0067529ed077b1e97e00d3e45dbc63ebb7104141a5395a56be88d70ec7c1ec32ab4141d63ab3fbcb4b344fc351d3732ea6aec7fa1b2a78b30b734177c7e829ca27cd52efc0f1bba43396cb42ac40cb6ffeaa7ee6bc693b06072c4eb17240e7e0738402c02cc5e3d133b12a101aa02ece1c2eb5b61462607773bef5cad17ead5cf7c94e3a2cabeb8e64d8bf456ca96020a262ce99be3ed50a8f69feacd75371e26d679ba12d9c3570b7022d41fc6243a7a65ad2772d0aae7b8e8f7c44dc225f5ff0cd949041c1322f291d0ec05d1f744b6966850cd842ad553d83b53080583b631c09da9a1fce636cbba136902f1ffa5ccdc42514b04ed15da06eda7378def052344f01d712dcd157c3b9921901572a1d542e82e63a0cf82c2743692e488f8326cb6cf1eeb5e0dafd0abca91890761407c2dd460f1a693f854baa019f945c59477d95544410f6ac7b10804b2559ded7e09d66ce9b59dc4a0d4f6016a67547afcb7a458c7e26dc90bdb3e4ab29bd19e83768b6814fa97632a875e601075301873f721d71811810ffe35a9af39cab106941c7064de9a5e8f6ad57dc326224da31df23d2f759b99b1e437597da1b0510f0ef929b3a5870e8c49e8af8ee9b380d1ac51a500ca73b3166d631f435a924482ad477ccf629e13773c1260c34d814b3c92af48f5b284d73438f15fa215f7a22e2e3c46e5714d8deffeee7391bb036995f7767b570847773aa23cb405e62867bc436e007309f4bf713d65500c84b9f8fed73cea295b61381b71b88b0f4c2d122f831e823291ce34498e2d0a1ab3954566428a3c22269a931d', 'da934648c75b1425a4096e73e01082655ed55e6c4749024e57bbf38b6da8c5fa', '2027-06-24', NULL);
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-aa54-7000-975f-6db42c06d8b7');
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a6e1-7000-a153-77a962f47be0', '2026-11-21 19:33:42.282079+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a6e1-7000-a153-77a962f47be0', '2026-11-21 19:33:42.894299+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a815-7000-9db6-d9c9e1bf34f2', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a6e1-7000-a153-77a962f47be0', 'Olga', 'Thick socks. And time for tea.', 'en', '\x4fdabd2c7e213e507efbe504408b12ef', '2026-11-21 19:33:42.544745+00', '2026-11-21 19:33:42.588327+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a864-7000-80b9-36c75d3af0a1', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x75f20b5226bdfd0b0ee9e37b77b65c9a', '2026-11-21 19:33:42.625551+00', '2026-11-21 19:33:42.662815+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a8a9-7000-83d0-2c82e721135c', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', 'Ida', 'Watercolours', 'en', '\xc558511d153eab3dea11b405a9ab5e32', '2026-11-21 19:33:42.694057+00', '2026-11-21 19:33:42.720824+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a8d7-7000-a134-777fdd2654ab', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', 'Frederik', '', 'en', '\xc0864c46a967993037a3c7b9d3c8765a', '2026-11-21 19:33:42.74067+00', '2026-11-21 19:33:42.769947+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a901-7000-8533-15443f1fd552', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a900-7000-9743-c23ea17889c4', 'Nora', 'Something for the balcony that survives me', 'en', '\xe5c8767f391de89e3ae90dae573a39af', '2026-11-21 19:33:42.782947+00', '2026-11-21 19:33:42.7973+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a929-7000-aa90-f5e2806659da', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a926-7000-9ead-fed88a355c79', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x0bdf908de663c8fabbd78b29b45ec374', '2026-11-21 19:33:42.820867+00', '2026-11-21 19:33:42.852299+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a961-7000-8ad2-866461762ab4', '01a1ff99-a70a-7000-b117-f91167475bd3', '01a1ff99-a960-7000-9c92-bd5dabd7b4ce', 'Astrid', 'A good whetstone', 'en', '\xb1c9d7fb3bb441126d5834c7fabc4396', '2026-11-21 19:33:42.878695+00', NULL, NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a988-7000-9709-3247fc558213', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a6e1-7000-a153-77a962f47be0', 'Olga', 'Thick socks. And time for tea.', 'en', '\x42687525fa254fe2c50bf1c88d5fd4b1', '2026-11-21 19:33:42.917894+00', '2026-11-21 19:33:42.948793+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-a9c1-7000-a754-1cb413a25835', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x0f671979744b3871fb0ccf9d724c4ca9', '2026-11-21 19:33:42.974768+00', '2026-11-21 19:33:43.010664+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', 'Ida', 'Watercolours', 'en', '\x2a2f7b6c753d329489120c50dff84d39', '2026-11-21 19:33:43.036217+00', '2026-11-21 19:33:43.06237+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-aa25-7000-8d8e-e0823a390455', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', 'Frederik', '', 'en', '\x3e10882f171f58ab4de565557e8f1d67', '2026-11-21 19:33:43.074725+00', '2026-11-21 19:33:43.088764+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1ff99-aa3b-7000-96e0-3b268405e201', '01a1ff99-a96e-7000-806a-d13bcc2354a6', '01a1ff99-a900-7000-9743-c23ea17889c4', 'Nora', 'Something for the balcony that survives me', 'en', '\x70767f9124ac699fc28a2fd4576a3a86', '2026-11-21 19:33:43.09729+00', '2026-11-21 19:33:43.111505+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.household VALUES ('01a1ff99-aa54-7000-975f-6db42c06d8b7', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1ff99-aa54-7000-975f-6db42c06d8b7', '01a1ff99-a6e1-7000-a153-77a962f47be0');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1ff99-aa54-7000-975f-6db42c06d8b7', '01a1ff99-a863-7000-a7b6-cf501e3dbce9');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 20:33:42.812804+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 19:48:42.812804+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 19:38:42.831825+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 19:48:42.870942+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 20:33:42.870942+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc619c9f54aaa26bfacfdfc1ec2294b3be909c4ab44a711a63dc586426eed1d44', '2026-11-21 20:33:42.313815+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 20:33:42.313815+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 19:48:42.313815+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 19:38:42.576276+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 20:33:42.611841+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 19:48:42.611841+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 19:38:42.64789+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 19:48:42.68005+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 20:33:42.68005+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 19:38:42.710642+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 20:33:42.735793+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 19:48:42.735793+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 19:38:42.758078+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 19:48:42.780353+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x9786796de5b1566ef0e93fb6f7240eed8c1a8f077293800128fc058489711225', '2026-11-21 20:33:42.912477+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 20:33:42.780353+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 19:38:42.791184+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a822-7000-b059-a7f6ed220794', 'exchanges.confirm', '01a1ff99-a815-7000-9db6-d9c9e1bf34f2', '\xf4b94d1fe41b2b6dca28cf9e32975924db05daad54a8de8d694fbcb5ca1a9aae', 259200, NULL, '2026-11-21 19:33:42.588327+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a865-7000-ad01-1903c3aca0e2', 'exchanges.confirm', '01a1ff99-a864-7000-80b9-36c75d3af0a1', '\x1441d7701c68c16f4d04217f68489380c9188a082b4146e308743b43cff03784', 259200, NULL, '2026-11-21 19:33:42.662815+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a8a9-7002-a652-4e10c7fb2e70', 'exchanges.confirm', '01a1ff99-a8a9-7000-83d0-2c82e721135c', '\xe09064d5e1fbc129b7000d00128c568d8e6355fc4d796f826b76aae7b3c90a50', 259200, NULL, '2026-11-21 19:33:42.720824+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a8d7-7002-9349-6a3777dad20c', 'exchanges.confirm', '01a1ff99-a8d7-7000-a134-777fdd2654ab', '\x595eee911ce4a8a6c309268a784deca053f97c04bbb5bbd52283661038c35e35', 259200, NULL, '2026-11-21 19:33:42.769947+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a901-7002-8c3a-befaa28c4321', 'exchanges.confirm', '01a1ff99-a901-7000-8533-15443f1fd552', '\xaea18f22f5bdda5ef4f841e8de2b04ceb7d791455d617bb3ef8ee262967e9b27', 259200, NULL, '2026-11-21 19:33:42.7973+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a929-7002-9728-fcc8ab381d1f', 'exchanges.confirm', '01a1ff99-a929-7000-aa90-f5e2806659da', '\x3ea9570243cfdbccea78e2bd7989ec15030bad96993b4d02c7146ac6c1a456ca', 259200, NULL, '2026-11-21 19:33:42.852299+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a961-7002-8df5-ffd62834dbf6', 'exchanges.confirm', '01a1ff99-a961-7000-8ad2-866461762ab4', '\x7852cc1d789fbbbd52969ab5edf21087f5306a85b9af3dad802e92d2eaaf1500', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a988-7002-ba67-8389121bc8d9', 'exchanges.confirm', '01a1ff99-a988-7000-9709-3247fc558213', '\xceb6636074bdc45301375da6baa2bd50ff84d88419833f224feb2489bffb1614', 259200, NULL, '2026-11-21 19:33:42.948793+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-a9c2-7000-ad95-702165d3d9c2', 'exchanges.confirm', '01a1ff99-a9c1-7000-a754-1cb413a25835', '\x4ac0a76a5bbc69cfcde8985b628860f803833623186a4d0c682332511805f24f', 259200, NULL, '2026-11-21 19:33:43.010664+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa01-7000-9ab9-3f49c0744482', 'exchanges.confirm', '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '\x155d68df63ca14a1d13e6ee4866db64852be1421141398cb5b3c33f17b8dce9d', 259200, NULL, '2026-11-21 19:33:43.06237+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa25-7002-b6b1-e4825f40d0d2', 'exchanges.confirm', '01a1ff99-aa25-7000-8d8e-e0823a390455', '\x6c65fe7c3ae182072b0fbb720440c19b36d3213515a84d4fb515fae62799c2e0', 259200, NULL, '2026-11-21 19:33:43.088764+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa3c-7000-a0c1-f7cdeee3ca07', 'exchanges.confirm', '01a1ff99-aa3b-7000-96e0-3b268405e201', '\x4ef48b7d8927f28af8bab47d65999a44bed820b00c1ab0722dab848f3f6bd7af', 259200, NULL, '2026-11-21 19:33:43.111505+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa8f-7000-9629-1e7a64488a51', 'exchanges.ready', '01a1ff99-a988-7000-9709-3247fc558213', '\xef41aa3cbfa5ed960c3df0fce9fb71044c4fa39339406b02a33de32e1ee853e9', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa8f-7001-acfe-58b746d9224b', 'exchanges.ready', '01a1ff99-a9c1-7000-a754-1cb413a25835', '\xb3f89aee412f59d1c29c5463c6d2ba80c3902169e71258cd4f58729c98d911e1', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa8f-7002-ae9f-e9617ccdaaec', 'exchanges.ready', '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '\xb903dc02b171eb686fe7509ece5dbb26d61510e3af4b61251eb19a74ae68d353', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa8f-7003-8ed9-ecbb0184dad1', 'exchanges.ready', '01a1ff99-aa25-7000-8d8e-e0823a390455', '\x5c5ff71499c15517374b88659a39f46a7d22ae12490c54c5a6d9f3ac03d91dc5', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a1ff99-aa8f-7004-868b-7274f67f8b40', 'exchanges.ready', '01a1ff99-aa3b-7000-96e0-3b268405e201', '\x0d7de8d98ecfd5c853fa23b269498ca614d9a0a931de4527b95db248715d7760', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.live_event VALUES (1, '2026-11-21 19:33:42.544745+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (2, '2026-11-21 19:33:42.588327+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a815-7000-9db6-d9c9e1bf34f2', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (3, '2026-11-21 19:33:42.588327+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a815-7000-9db6-d9c9e1bf34f2', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (4, '2026-11-21 19:33:42.625551+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (5, '2026-11-21 19:33:42.662815+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a864-7000-80b9-36c75d3af0a1', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (6, '2026-11-21 19:33:42.662815+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a864-7000-80b9-36c75d3af0a1', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (7, '2026-11-21 19:33:42.694057+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (8, '2026-11-21 19:33:42.720824+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a8a9-7000-83d0-2c82e721135c', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (9, '2026-11-21 19:33:42.720824+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a8a9-7000-83d0-2c82e721135c', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (10, '2026-11-21 19:33:42.74067+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (11, '2026-11-21 19:33:42.769947+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a8d7-7000-a134-777fdd2654ab', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (12, '2026-11-21 19:33:42.769947+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a8d7-7000-a134-777fdd2654ab', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (13, '2026-11-21 19:33:42.782947+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (14, '2026-11-21 19:33:42.7973+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a901-7000-8533-15443f1fd552', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (15, '2026-11-21 19:33:42.7973+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a901-7000-8533-15443f1fd552', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (16, '2026-11-21 19:33:42.820867+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (17, '2026-11-21 19:33:42.852299+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.confirmed', '01a1ff99-a929-7000-aa90-f5e2806659da', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (18, '2026-11-21 19:33:42.852299+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'seat.visited', '01a1ff99-a929-7000-aa90-f5e2806659da', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (19, '2026-11-21 19:33:42.878695+00', 'exchange/01a1ff99-a70a-7000-b117-f91167475bd3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (20, '2026-11-21 19:33:42.917894+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (21, '2026-11-21 19:33:42.948793+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.confirmed', '01a1ff99-a988-7000-9709-3247fc558213', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (22, '2026-11-21 19:33:42.948793+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.visited', '01a1ff99-a988-7000-9709-3247fc558213', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (23, '2026-11-21 19:33:42.974768+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (24, '2026-11-21 19:33:43.010664+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.confirmed', '01a1ff99-a9c1-7000-a754-1cb413a25835', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (25, '2026-11-21 19:33:43.010664+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.visited', '01a1ff99-a9c1-7000-a754-1cb413a25835', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (26, '2026-11-21 19:33:43.036217+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (27, '2026-11-21 19:33:43.06237+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.confirmed', '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (28, '2026-11-21 19:33:43.06237+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.visited', '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (29, '2026-11-21 19:33:43.074725+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (30, '2026-11-21 19:33:43.088764+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.confirmed', '01a1ff99-aa25-7000-8d8e-e0823a390455', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (31, '2026-11-21 19:33:43.088764+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.visited', '01a1ff99-aa25-7000-8d8e-e0823a390455', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (32, '2026-11-21 19:33:43.09729+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (33, '2026-11-21 19:33:43.111505+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.confirmed', '01a1ff99-aa3b-7000-96e0-3b268405e201', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (34, '2026-11-21 19:33:43.111505+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'seat.visited', '01a1ff99-aa3b-7000-96e0-3b268405e201', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (35, '2026-11-21 19:33:43.152327+00', 'exchange/01a1ff99-a96e-7000-806a-d13bcc2354a6', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.master_key VALUES (1, '\x55dd2f2e', '2026-11-21 19:33:42.140194+00', NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a822-7000-b059-a7f6ed220794', 'exchanges.confirm_joining/01a1ff99-a815-7001-9249-5a5e2e6e128f/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1ff99-a6e1-7000-a153-77a962f47be0', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a815-7000-9db6-d9c9e1bf34f2", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a822-7000-b059-a7f6ed220794@localhost>', 1, '2026-11-21 19:33:42.544745+00', 'queued', '2026-11-21 19:33:42.544745+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a815-7000-9db6-d9c9e1bf34f2', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a865-7000-ad01-1903c3aca0e2', 'exchanges.confirm_joining/01a1ff99-a864-7001-bc0a-1b371fed8385/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a864-7000-80b9-36c75d3af0a1", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a865-7000-ad01-1903c3aca0e2@localhost>', 1, '2026-11-21 19:33:42.625551+00', 'queued', '2026-11-21 19:33:42.625551+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a864-7000-80b9-36c75d3af0a1', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a8a9-7002-a652-4e10c7fb2e70', 'exchanges.confirm_joining/01a1ff99-a8a9-7001-8043-6d4ebd3b9d96/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a8a9-7000-83d0-2c82e721135c", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a8a9-7002-a652-4e10c7fb2e70@localhost>', 1, '2026-11-21 19:33:42.694057+00', 'queued', '2026-11-21 19:33:42.694057+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a8a9-7000-83d0-2c82e721135c', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a8d7-7002-9349-6a3777dad20c', 'exchanges.confirm_joining/01a1ff99-a8d7-7001-b731-631b4550db32/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a8d7-7000-a134-777fdd2654ab", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a8d7-7002-9349-6a3777dad20c@localhost>', 1, '2026-11-21 19:33:42.74067+00', 'queued', '2026-11-21 19:33:42.74067+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a8d7-7000-a134-777fdd2654ab', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a901-7002-8c3a-befaa28c4321', 'exchanges.confirm_joining/01a1ff99-a901-7001-8dce-271f698b7eaa/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1ff99-a900-7000-9743-c23ea17889c4', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a901-7000-8533-15443f1fd552", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a901-7002-8c3a-befaa28c4321@localhost>', 1, '2026-11-21 19:33:42.782947+00', 'queued', '2026-11-21 19:33:42.782947+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a901-7000-8533-15443f1fd552', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a929-7002-9728-fcc8ab381d1f', 'exchanges.confirm_joining/01a1ff99-a929-7001-bd01-86c27faebf74/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '01a1ff99-a926-7000-9ead-fed88a355c79', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a929-7000-aa90-f5e2806659da", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a929-7002-9728-fcc8ab381d1f@localhost>', 1, '2026-11-21 19:33:42.820867+00', 'queued', '2026-11-21 19:33:42.820867+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a929-7000-aa90-f5e2806659da', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a961-7002-8df5-ffd62834dbf6', 'exchanges.confirm_joining/01a1ff99-a961-7001-8c69-ab9e378ed25e/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '01a1ff99-a960-7000-9c92-bd5dabd7b4ce', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a961-7000-8ad2-866461762ab4", "exchange_id": "01a1ff99-a70a-7000-b117-f91167475bd3", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a961-7002-8df5-ffd62834dbf6@localhost>', 1, '2026-11-21 19:33:42.878695+00', 'queued', '2026-11-21 19:33:42.878695+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a961-7000-8ad2-866461762ab4', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a988-7002-ba67-8389121bc8d9', 'exchanges.confirm_joining/01a1ff99-a988-7001-beda-c3b2165a3a4f/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1ff99-a6e1-7000-a153-77a962f47be0', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a988-7000-9709-3247fc558213", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a988-7002-ba67-8389121bc8d9@localhost>', 1, '2026-11-21 19:33:42.917894+00', 'queued', '2026-11-21 19:33:42.917894+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a988-7000-9709-3247fc558213', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-a9c2-7000-ad95-702165d3d9c2', 'exchanges.confirm_joining/01a1ff99-a9c1-7001-b36a-c81eaf13a3db/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a9c1-7000-a754-1cb413a25835", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-a9c2-7000-ad95-702165d3d9c2@localhost>', 1, '2026-11-21 19:33:42.974768+00', 'queued', '2026-11-21 19:33:42.974768+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a9c1-7000-a754-1cb413a25835', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa01-7000-9ab9-3f49c0744482', 'exchanges.confirm_joining/01a1ff99-aa00-7001-8d5c-a796acc85aed/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa00-7000-a3bb-e71f1791d5bf", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-aa01-7000-9ab9-3f49c0744482@localhost>', 1, '2026-11-21 19:33:43.036217+00', 'queued', '2026-11-21 19:33:43.036217+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa25-7002-b6b1-e4825f40d0d2', 'exchanges.confirm_joining/01a1ff99-aa25-7001-99b9-9e38e6b1598a/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa25-7000-8d8e-e0823a390455", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-aa25-7002-b6b1-e4825f40d0d2@localhost>', 1, '2026-11-21 19:33:43.074725+00', 'queued', '2026-11-21 19:33:43.074725+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa25-7000-8d8e-e0823a390455', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa3c-7000-a0c1-f7cdeee3ca07', 'exchanges.confirm_joining/01a1ff99-aa3b-7001-a735-49f67df76bd2/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1ff99-a900-7000-9743-c23ea17889c4', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa3b-7000-96e0-3b268405e201", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1ff99-aa3c-7000-a0c1-f7cdeee3ca07@localhost>', 1, '2026-11-21 19:33:43.09729+00', 'queued', '2026-11-21 19:33:43.09729+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa3b-7000-96e0-3b268405e201', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa8f-7000-9629-1e7a64488a51', 'exchanges.match_ready/01a1ff99-a988-7000-9709-3247fc558213/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '01a1ff99-a6e1-7000-a153-77a962f47be0', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a988-7000-9709-3247fc558213", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "tbghmqs36zea", "names": false}', '<01a1ff99-aa8f-7000-9629-1e7a64488a51@localhost>', 1, '2026-11-21 19:33:43.152327+00', 'queued', '2026-11-21 19:33:43.152327+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a988-7000-9709-3247fc558213', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa8f-7001-acfe-58b746d9224b', 'exchanges.match_ready/01a1ff99-a9c1-7000-a754-1cb413a25835/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-a9c1-7000-a754-1cb413a25835", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "tbghmqs36zea", "names": false}', '<01a1ff99-aa8f-7001-acfe-58b746d9224b@localhost>', 1, '2026-11-21 19:33:43.152327+00', 'queued', '2026-11-21 19:33:43.152327+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-a9c1-7000-a754-1cb413a25835', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa8f-7002-ae9f-e9617ccdaaec', 'exchanges.match_ready/01a1ff99-aa00-7000-a3bb-e71f1791d5bf/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa00-7000-a3bb-e71f1791d5bf", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "tbghmqs36zea", "names": false}', '<01a1ff99-aa8f-7002-ae9f-e9617ccdaaec@localhost>', 1, '2026-11-21 19:33:43.152327+00', 'queued', '2026-11-21 19:33:43.152327+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa00-7000-a3bb-e71f1791d5bf', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa8f-7003-8ed9-ecbb0184dad1', 'exchanges.match_ready/01a1ff99-aa25-7000-8d8e-e0823a390455/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa25-7000-8d8e-e0823a390455", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "tbghmqs36zea", "names": false}', '<01a1ff99-aa8f-7003-8ed9-ecbb0184dad1@localhost>', 1, '2026-11-21 19:33:43.152327+00', 'queued', '2026-11-21 19:33:43.152327+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa25-7000-8d8e-e0823a390455', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1ff99-aa8f-7004-868b-7274f67f8b40', 'exchanges.match_ready/01a1ff99-aa3b-7000-96e0-3b268405e201/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '01a1ff99-a900-7000-9743-c23ea17889c4', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1ff99-aa3b-7000-96e0-3b268405e201", "exchange_id": "01a1ff99-a96e-7000-806a-d13bcc2354a6", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "tbghmqs36zea", "names": false}', '<01a1ff99-aa8f-7004-868b-7274f67f8b40@localhost>', 1, '2026-11-21 19:33:43.152327+00', 'queued', '2026-11-21 19:33:43.152327+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1ff99-aa3b-7000-96e0-3b268405e201', '\x55dd2f2e');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a6e1-7000-a153-77a962f47be0', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 19:33:42.237994+00', '2026-11-21 19:33:42.588327+00', NULL, NULL, NULL, 'olga');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a863-7000-a7b6-cf501e3dbce9', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 19:33:42.625551+00', '2026-11-21 19:33:42.662815+00', NULL, NULL, NULL, 'bjarne');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 19:33:42.694057+00', '2026-11-21 19:33:42.720824+00', NULL, NULL, NULL, 'ida');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 19:33:42.74067+00', '2026-11-21 19:33:42.769947+00', NULL, NULL, NULL, 'frederik');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a900-7000-9743-c23ea17889c4', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 19:33:42.782947+00', '2026-11-21 19:33:42.7973+00', NULL, NULL, NULL, 'nora');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a926-7000-9ead-fed88a355c79', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 19:33:42.820867+00', '2026-11-21 19:33:42.852299+00', NULL, NULL, NULL, 'emil');
INSERT INTO kinkeeper_release.person VALUES ('01a1ff99-a960-7000-9c92-bd5dabd7b4ce', '01a1ff99-a6df-7000-9b37-8aac71673754', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 19:33:42.878695+00', NULL, NULL, NULL, NULL, 'astrid');
INSERT INTO kinkeeper_release.role_grant VALUES ('01a1ff99-a6f1-7000-98d1-eaacb060a8dc', '01a1ff99-a6e1-7000-a153-77a962f47be0', 'administrator', 'house', '00000000-0000-0000-0000-000000000000', '2026-11-21 19:33:42.237994+00');
INSERT INTO kinkeeper_release.tally VALUES ('accounts', 1);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a84b-7000-b4c5-0f81ef38fbe1', '\x1ed68f8c4c3050a1fc2b30256142c19a13509075f01a07cc5ac66fac89025ea7', '01a1ff99-a6e1-7000-a153-77a962f47be0', NULL, '2026-11-21 19:33:42.588327+00', '2026-11-21 19:33:42.588327+00', '2026-11-21 19:33:43.588327+00', '2026-11-21 19:33:43.588327+00', '2026-11-21 19:33:42.588327+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a890-7000-816b-c60a49a27eb0', '\x523a6192633177236e02ce84ef217dc327a4c0153aa84330c2d39dc9fb2cf60f', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', NULL, '2026-11-21 19:33:42.662815+00', '2026-11-21 19:33:42.662815+00', '2026-11-21 19:33:43.662815+00', '2026-11-21 19:33:43.662815+00', '2026-11-21 19:33:42.662815+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a8c8-7000-a53e-eb17ea08882f', '\xec8c574f772f86f59f23f529e2981393d073cd0eaa40f46e8de4d951e8cdfa7f', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', NULL, '2026-11-21 19:33:42.720824+00', '2026-11-21 19:33:42.720824+00', '2026-11-21 19:33:43.720824+00', '2026-11-21 19:33:43.720824+00', '2026-11-21 19:33:42.720824+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a8f9-7000-83d9-15d4291ca489', '\x6ef5c5439464b6ee212e7f971bd2f550d06b2540bc96e09c733caf01f93b1842', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', NULL, '2026-11-21 19:33:42.769947+00', '2026-11-21 19:33:42.769947+00', '2026-11-21 19:33:43.769947+00', '2026-11-21 19:33:43.769947+00', '2026-11-21 19:33:42.769947+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a911-7000-85c3-8aa8afc0d76c', '\xc032fb0173b39ebfd8c05cd3d1f4c603e182a07e8f6d08be00618ec0c2ee4c65', '01a1ff99-a900-7000-9743-c23ea17889c4', NULL, '2026-11-21 19:33:42.7973+00', '2026-11-21 19:33:42.7973+00', '2026-11-21 19:33:43.7973+00', '2026-11-21 19:33:43.7973+00', '2026-11-21 19:33:42.7973+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a94c-7000-8b28-6871def2fba7', '\x36ae25c7a2e6e47e2eb981d5249a020eca468f2ffc0262165703688812308f8f', '01a1ff99-a926-7000-9ead-fed88a355c79', NULL, '2026-11-21 19:33:42.852299+00', '2026-11-21 19:33:42.852299+00', '2026-11-21 19:33:43.852299+00', '2026-11-21 19:33:43.852299+00', '2026-11-21 19:33:42.852299+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a9ac-7000-a09c-33de176c6969', '\x3fbe0b58e03f9adefd8d75d2a8e3b62df9123d0bd73b47a54f64f4f8903684fd', '01a1ff99-a6e1-7000-a153-77a962f47be0', NULL, '2026-11-21 19:33:42.948793+00', '2026-11-21 19:33:42.948793+00', '2026-11-21 19:33:43.948793+00', '2026-11-21 19:33:43.948793+00', '2026-11-21 19:33:42.948793+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-a9eb-7000-be5e-d25a45c13215', '\x5a944bd0de54d8da6485e7e148dbce118012421beb3fd219430617cd3fa079fd', '01a1ff99-a863-7000-a7b6-cf501e3dbce9', NULL, '2026-11-21 19:33:43.010664+00', '2026-11-21 19:33:43.010664+00', '2026-11-21 19:33:44.010664+00', '2026-11-21 19:33:44.010664+00', '2026-11-21 19:33:43.010664+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-aa19-7000-8875-5307048ff6d5', '\x5c04f16c0371d6fd1a30274b866da79e40afadc3ab6c94bc9c29bf354e05b817', '01a1ff99-a8a7-7000-8746-e5cbc2e94ecd', NULL, '2026-11-21 19:33:43.06237+00', '2026-11-21 19:33:43.06237+00', '2026-11-21 19:33:44.06237+00', '2026-11-21 19:33:44.06237+00', '2026-11-21 19:33:43.06237+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-aa34-7000-9315-d2f05f4114b7', '\xd7e8b3caa4a15381b8fd5a42632cd90d4da22db0032bdeedcc367572effbbf28', '01a1ff99-a8d6-7000-be46-f7e2bedd3ee7', NULL, '2026-11-21 19:33:43.088764+00', '2026-11-21 19:33:43.088764+00', '2026-11-21 19:33:44.088764+00', '2026-11-21 19:33:44.088764+00', '2026-11-21 19:33:43.088764+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1ff99-aa4a-7000-9a78-bf8e69e2ffe2', '\xe7fbdde7bd91390ee79aa62512bac9294212fd786c309c0cf29f3c380c07d3db', '01a1ff99-a900-7000-9743-c23ea17889c4', NULL, '2026-11-21 19:33:43.111505+00', '2026-11-21 19:33:43.111505+00', '2026-11-21 19:33:44.111505+00', '2026-11-21 19:33:44.111505+00', '2026-11-21 19:33:43.111505+00', NULL);
ALTER TABLE ONLY kinkeeper_release.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT pk_access_token PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT pk_account PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.api_session
    ADD CONSTRAINT pk_api_session PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.audit_entry
    ADD CONSTRAINT pk_audit_entry PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.circle
    ADD CONSTRAINT pk_circle PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.custom_role
    ADD CONSTRAINT pk_custom_role PRIMARY KEY (name);
ALTER TABLE ONLY kinkeeper_release.device
    ADD CONSTRAINT pk_device PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.errand
    ADD CONSTRAINT pk_errand PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT pk_exchange PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT pk_exchange_assignment PRIMARY KEY (draw_id, giver_id);
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT pk_exchange_draw PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT pk_exchange_household_rule PRIMARY KEY (exchange_id, household_id);
ALTER TABLE ONLY kinkeeper_release.exchange_new_address
    ADD CONSTRAINT pk_exchange_new_address PRIMARY KEY (participant_id);
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT pk_exchange_organiser PRIMARY KEY (exchange_id, person_id);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_memory
    ADD CONSTRAINT pk_exchange_pair_memory PRIMARY KEY (series_id, gifts_on, giver_mark, receiver_mark);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT pk_exchange_pair_rule PRIMARY KEY (giver_id, receiver_id);
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT pk_exchange_participant PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_reminder
    ADD CONSTRAINT pk_exchange_reminder PRIMARY KEY (participant_id, days);
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT pk_exchange_reveal PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_wish
    ADD CONSTRAINT pk_exchange_wish PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT pk_guardian PRIMARY KEY (ward_id, guardian_id);
ALTER TABLE ONLY kinkeeper_release.household
    ADD CONSTRAINT pk_household PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT pk_household_member PRIMARY KEY (household_id, person_id);
ALTER TABLE ONLY kinkeeper_release.kept_key
    ADD CONSTRAINT pk_kept_key PRIMARY KEY (label);
ALTER TABLE ONLY kinkeeper_release.limit_spending
    ADD CONSTRAINT pk_limit_spending PRIMARY KEY (key);
ALTER TABLE ONLY kinkeeper_release.link
    ADD CONSTRAINT pk_link PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.live_event
    ADD CONSTRAINT pk_live_event PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.master_key
    ADD CONSTRAINT pk_master_key PRIMARY KEY (generation);
ALTER TABLE ONLY kinkeeper_release.outbox_letter
    ADD CONSTRAINT pk_outbox_letter PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.recovery_code
    ADD CONSTRAINT pk_recovery_code PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.refresh_token
    ADD CONSTRAINT pk_refresh_token PRIMARY KEY (session_id, generation);
ALTER TABLE ONLY kinkeeper_release.registration
    ADD CONSTRAINT pk_registration PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.repeatable_call
    ADD CONSTRAINT pk_repeatable_call PRIMARY KEY (caller_id, key_digest);
ALTER TABLE ONLY kinkeeper_release.role_grant
    ADD CONSTRAINT pk_role_grant PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.sweep_slot
    ADD CONSTRAINT pk_sweep_slot PRIMARY KEY (name, slot);
ALTER TABLE ONLY kinkeeper_release.tally
    ADD CONSTRAINT pk_tally PRIMARY KEY (name);
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT pk_web_session PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT uq_access_token_digest UNIQUE (digest);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT uq_account_email UNIQUE (email);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT uq_account_person_id UNIQUE (person_id);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT uq_account_username UNIQUE (username);
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT uq_exchange_assignment_draw_id_receiver_mark UNIQUE (draw_id, receiver_mark);
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT uq_exchange_draw_exchange_id_version UNIQUE (exchange_id, version);
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT uq_exchange_participant_exchange_id_person_id UNIQUE (exchange_id, person_id);
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT uq_exchange_slug UNIQUE (slug);
ALTER TABLE ONLY kinkeeper_release.link
    ADD CONSTRAINT uq_link_digest UNIQUE (digest);
ALTER TABLE ONLY kinkeeper_release.outbox_letter
    ADD CONSTRAINT uq_outbox_letter_once UNIQUE (once);
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT uq_person_circle_id_email UNIQUE (circle_id, email);
ALTER TABLE ONLY kinkeeper_release.recovery_code
    ADD CONSTRAINT uq_recovery_code_account_id_digest UNIQUE (account_id, digest);
ALTER TABLE ONLY kinkeeper_release.refresh_token
    ADD CONSTRAINT uq_refresh_token_digest UNIQUE (digest);
ALTER TABLE ONLY kinkeeper_release.role_grant
    ADD CONSTRAINT uq_role_grant_person_id_role_scope_id UNIQUE (person_id, role, scope_id);
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT uq_web_session_digest UNIQUE (digest);
CREATE INDEX ix_access_token_account_id_created_at ON kinkeeper_release.access_token USING btree (account_id, created_at);
CREATE INDEX ix_access_token_ends_at ON kinkeeper_release.access_token USING btree (ends_at);
CREATE INDEX ix_account_deactivated_at ON kinkeeper_release.account USING btree (deactivated_at);
CREATE INDEX ix_account_deleted_at_created_at_id ON kinkeeper_release.account USING btree (deleted_at, created_at, id);
CREATE INDEX ix_api_session_account_id_created_at ON kinkeeper_release.api_session USING btree (account_id, created_at);
CREATE INDEX ix_api_session_ends_at ON kinkeeper_release.api_session USING btree (ends_at);
CREATE INDEX ix_audit_entry_action_at ON kinkeeper_release.audit_entry USING btree (action, at);
CREATE INDEX ix_audit_entry_actor_id_at ON kinkeeper_release.audit_entry USING btree (actor_id, at);
CREATE INDEX ix_audit_entry_at ON kinkeeper_release.audit_entry USING btree (at);
CREATE INDEX ix_audit_entry_subject_id_at ON kinkeeper_release.audit_entry USING btree (subject_id, at);
CREATE INDEX ix_device_account_id_seen_at ON kinkeeper_release.device USING btree (account_id, seen_at);
CREATE INDEX ix_device_digest ON kinkeeper_release.device USING btree (digest);
CREATE INDEX ix_errand_state_due_at ON kinkeeper_release.errand USING btree (state, due_at);
CREATE INDEX ix_exchange_assignment_giver_id ON kinkeeper_release.exchange_assignment USING btree (giver_id);
CREATE INDEX ix_exchange_circle_id ON kinkeeper_release.exchange USING btree (circle_id);
CREATE INDEX ix_exchange_draw_changed_for_id ON kinkeeper_release.exchange_draw USING btree (changed_for_id);
CREATE INDEX ix_exchange_gifts_on ON kinkeeper_release.exchange USING btree (gifts_on);
CREATE INDEX ix_exchange_household_rule_household_id ON kinkeeper_release.exchange_household_rule USING btree (household_id);
CREATE INDEX ix_exchange_organiser_person_id ON kinkeeper_release.exchange_organiser USING btree (person_id);
CREATE INDEX ix_exchange_pair_rule_exchange_id ON kinkeeper_release.exchange_pair_rule USING btree (exchange_id);
CREATE INDEX ix_exchange_pair_rule_receiver_id ON kinkeeper_release.exchange_pair_rule USING btree (receiver_id);
CREATE INDEX ix_exchange_participant_person_id ON kinkeeper_release.exchange_participant USING btree (person_id);
CREATE INDEX ix_exchange_participant_unconfirmed ON kinkeeper_release.exchange_participant USING btree (exchange_id) WHERE (confirmed_at IS NULL);
CREATE INDEX ix_exchange_reveal_exchange_id ON kinkeeper_release.exchange_reveal USING btree (exchange_id);
CREATE INDEX ix_exchange_reveal_giver_id ON kinkeeper_release.exchange_reveal USING btree (giver_id);
CREATE INDEX ix_exchange_series_id ON kinkeeper_release.exchange USING btree (series_id);
CREATE INDEX ix_exchange_state_closes_on ON kinkeeper_release.exchange USING btree (state, closes_on);
CREATE INDEX ix_exchange_wish_participant_id ON kinkeeper_release.exchange_wish USING btree (participant_id);
CREATE INDEX ix_guardian_guardian_id ON kinkeeper_release.guardian USING btree (guardian_id);
CREATE INDEX ix_household_circle_id ON kinkeeper_release.household USING btree (circle_id);
CREATE INDEX ix_household_member_person_id ON kinkeeper_release.household_member USING btree (person_id);
CREATE INDEX ix_limit_spending_ends_at ON kinkeeper_release.limit_spending USING btree (ends_at);
CREATE INDEX ix_link_asked_by ON kinkeeper_release.link USING btree (asked_by);
CREATE INDEX ix_link_ends_at ON kinkeeper_release.link USING btree (ends_at);
CREATE INDEX ix_link_reader_id ON kinkeeper_release.link USING btree (reader_id);
CREATE INDEX ix_link_subject_id ON kinkeeper_release.link USING btree (subject_id);
CREATE INDEX ix_live_event_at ON kinkeeper_release.live_event USING btree (at);
CREATE INDEX ix_live_event_topic_id ON kinkeeper_release.live_event USING btree (topic, id);
CREATE INDEX ix_outbox_letter_about_id ON kinkeeper_release.outbox_letter USING btree (about_id);
CREATE INDEX ix_outbox_letter_person_id ON kinkeeper_release.outbox_letter USING btree (person_id);
CREATE INDEX ix_outbox_letter_queued_at_id ON kinkeeper_release.outbox_letter USING btree (queued_at, id);
CREATE INDEX ix_outbox_letter_state_due_at ON kinkeeper_release.outbox_letter USING btree (state, due_at);
CREATE INDEX ix_outbox_letter_to ON kinkeeper_release.outbox_letter USING btree ("to");
CREATE INDEX ix_person_circle_id_folded_id ON kinkeeper_release.person USING btree (circle_id, folded, id);
CREATE INDEX ix_person_email ON kinkeeper_release.person USING btree (email);
CREATE INDEX ix_person_folded ON kinkeeper_release.person USING btree (folded);
CREATE INDEX ix_registration_asked_at ON kinkeeper_release.registration USING btree (asked_at);
CREATE INDEX ix_repeatable_call_at ON kinkeeper_release.repeatable_call USING btree (at);
CREATE INDEX ix_role_grant_role ON kinkeeper_release.role_grant USING btree (role);
CREATE INDEX ix_role_grant_scope_id ON kinkeeper_release.role_grant USING btree (scope_id);
CREATE INDEX ix_web_session_account_id ON kinkeeper_release.web_session USING btree (account_id);
CREATE INDEX ix_web_session_device_id ON kinkeeper_release.web_session USING btree (device_id);
CREATE INDEX ix_web_session_idle_at ON kinkeeper_release.web_session USING btree (idle_at);
CREATE INDEX ix_web_session_person_id ON kinkeeper_release.web_session USING btree (person_id);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT fk_access_token_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT fk_account_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.api_session
    ADD CONSTRAINT fk_api_session_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.device
    ADD CONSTRAINT fk_device_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT fk_exchange_assignment_draw_id_exchange_draw FOREIGN KEY (draw_id) REFERENCES kinkeeper_release.exchange_draw(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT fk_exchange_assignment_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT fk_exchange_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT fk_exchange_draw_changed_for_id_exchange_participant FOREIGN KEY (changed_for_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE SET NULL;
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT fk_exchange_draw_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY (household_id) REFERENCES kinkeeper_release.household(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_new_address
    ADD CONSTRAINT fk_exchange_new_address_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT fk_exchange_organiser_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT fk_exchange_organiser_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_receiver_id_exchange_participant FOREIGN KEY (receiver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT fk_exchange_participant_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT fk_exchange_participant_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id);
ALTER TABLE ONLY kinkeeper_release.exchange_reminder
    ADD CONSTRAINT fk_exchange_reminder_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT fk_exchange_reveal_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT fk_exchange_reveal_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_wish
    ADD CONSTRAINT fk_exchange_wish_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT fk_guardian_guardian_id_person FOREIGN KEY (guardian_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT fk_guardian_ward_id_person FOREIGN KEY (ward_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household
    ADD CONSTRAINT fk_household_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT fk_household_member_household_id_household FOREIGN KEY (household_id) REFERENCES kinkeeper_release.household(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT fk_household_member_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT fk_person_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.recovery_code
    ADD CONSTRAINT fk_recovery_code_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.refresh_token
    ADD CONSTRAINT fk_refresh_token_session_id_api_session FOREIGN KEY (session_id) REFERENCES kinkeeper_release.api_session(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.role_grant
    ADD CONSTRAINT fk_role_grant_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT fk_web_session_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT fk_web_session_device_id_device FOREIGN KEY (device_id) REFERENCES kinkeeper_release.device(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT fk_web_session_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
