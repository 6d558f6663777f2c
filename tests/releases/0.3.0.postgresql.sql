CREATE TABLE kinkeeper_release.access_token (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    scopes character varying NOT NULL
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
    folded character varying NOT NULL,
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
INSERT INTO kinkeeper_release.account VALUES ('01a20006-5779-7000-a4ca-17146acfda79', '01a20006-5777-7000-8a86-218b7b5d3b5b', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$elnE/BvGcAxpe1aXCIZoGQ$QjW0E7aD0QefXNBKLO5qAAWSEzSFvnrAPwspa4wscuc', 0, '2026-11-21 21:32:25.332202+00', NULL, NULL, '2026-11-21 21:32:25.332202+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.alembic_version VALUES ('0003');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 21:32:25.332202+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a20006-5779-7000-a4ca-17146acfda79', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 21:32:25.378402+00', '01a20006-5779-7000-a4ca-17146acfda79', 'Olga', 'exchange.begun', '01a20006-57a2-7000-9d04-07ab2e58fe33', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 21:32:26.05077+00', '01a20006-5779-7000-a4ca-17146acfda79', 'Olga', 'exchange.begun', '01a20006-5a43-7000-95db-0393f0867340', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 21:32:26.413334+00', '01a20006-5779-7000-a4ca-17146acfda79', 'Olga', 'exchange.household_ruled_out', '01a20006-5a43-7000-95db-0393f0867340', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 21:32:26.4226+00', '01a20006-5779-7000-a4ca-17146acfda79', 'Olga', 'exchange.closed', '01a20006-5a43-7000-95db-0393f0867340', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 21:32:26.429789+00', '01a20006-5779-7000-a4ca-17146acfda79', 'Olga', 'exchange.names_drawn', '01a20006-5a43-7000-95db-0393f0867340', '{"people": 5, "commitment": "7cf528f49d844f0974812d6e1f46a398e4da5352879e01d1998e8d9c2c13f281"}');
INSERT INTO kinkeeper_release.circle VALUES ('01a20006-5774-7000-b00b-83717a763931', 'The Olsens', 'en', 'Europe/London', '2026-11-21 21:32:25.332202+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5774-7000-b00b-83717a763931', 'kkmv5fwt22x2', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-14', '2026-12-24', 'Europe/London', 'open', '2026-11-21 21:32:25.378402+00', NULL, 30, NULL, '01a20006-57a3-7000-a5a5-e3cbc3d6fba3', 'any', 3, false, false, NULL, NULL, NULL, NULL, '7,1');
INSERT INTO kinkeeper_release.exchange VALUES ('01a20006-5a43-7000-95db-0393f0867340', '01a20006-5774-7000-b00b-83717a763931', 'eny74zce9hjf', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-06-14', '2027-06-24', 'Europe/London', 'drawn', '2026-11-21 21:32:26.05077+00', '2026-11-21 21:32:26.429789+00', 30, NULL, '01a20006-5a43-7001-9beb-ae30f58764e5', 'any', 3, false, false, NULL, NULL, '\x0155dd2f2ecd56b1673ca48cc4341f97d7d7351d20d660f89f5d58109c5d980fbf668b04397347b7b2c9d0c77c072ffa62bcf814a50a4c03afaa18081da035f3e4', NULL, '7,1');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5a61-7000-a0bf-d721588627d0', '\x0155dd2f2eca8eea68265a4c7982b0aee5f26c4667d31f588d197767b6c1a9c465e0696e5f30c725e9f7b8d5c11c29b83d', '\x13398b7f517ce46839489e7d6de9564e28b490b3df33f747d05016f058481892', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5abe-7000-9cb1-5cca075df45e', '\x0155dd2f2ec36ae0ce8b0d668223a198838e1a88c43d32a12addaba15e6f6094ad6544f746bf136b23e741374875fb9173', '\xef26ffee50f1e222f75bd90abf819ea943a8d96a7b92c2e0b96ecf3fc0f8a4e3', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5b0f-7000-a898-f1928c789ac8', '\x0155dd2f2e89b3d69f16d3307e17e4e5ed2537aa4a4c6e9030640a534e3429491ea881a7ed91859b09c8c323515a9d59ae', '\x8046e1c6efacd42155007ec2a0706c6bb2b5478d765ad88668f840531c822939', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5b4c-7000-b395-222c7eb721c1', '\x0155dd2f2e0818591e0681828fd47d523d72206a8040abb5d8976d7aa2fd0ebdc715853a98522132c8ed8f2764537559bb', '\xf874bb5346d4bd6b0e26fde347ee643440be5711a164b26e89d8092e723ba8fd', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '\x0155dd2f2e841e5c4b088533a4e97a1b6fa57821113598ec5c469a5ca11f1ecaa59a77b05a32518cc04ac80202ec6ab655', '\x22de31036b40146235d07e48c97d3e4dce5b0d916b9f6b32e83d49aa3f503d73', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a20006-5bc9-7000-9be7-08b7e2d13e07', '01a20006-5a43-7000-95db-0393f0867340', 1, '2026-11-21 21:32:26.429789+00', 'exact', 'draw', '', '\x0155dd2f2e18dfee8a37548a24c8bec946c0f133547453dbca09ceb2c6f47c701debd999304a148811e6f9ce485e3f6aef29bf71d18e9c3a7e523cb798b6dd4b1ca174cd62e67c71020e0dc94eaea5a52e3c1e173579e1b5b6e71226a002d2ca4aed893bd265fa274dd808ad717e9f85a6e2ca00a8d8245bdb130d8daa094fbe849576b9889193d01ffedbe2dabafc1b245e01e472f4939f1580cda72c64252c44c155ea3b320515e006eb2a7c393400127f14a9dfb62896f5f2d2d0363a027da15a22556613c90be328c23f3c969e0746596195fa0d2bf68a849d98e65a703b45823797d276c123e5117027c4ef0840c57f0986ded2b4da8a00cf60ddf48f9db77c9468b5c84834d0b711310d518288d2c6cc9b9abe53f4a00c85da9fbf0608b290f2e6543ac7756554d4bef613954afe73d44e78d1ee50292dbcfa1f31ab6d31fa58b6a24f1f890b38ad0ebcb66050a5e1b6df10a120a899e77c5e48951669f0b007b53936fe20bfc799a94dd152a901dbde2696c3776302e5948e671e32904e4ead74921b03e010f9f538f8c55517c9cc25d663594d086cdc2bcaa59ab7c8c4358f7648b2611b19cbd453d94049e22361b0229037da76a3639c0814a9fe0f1521a3f9f31633b5a6db8075c0fa42885943f09089d54246387c7066780151cb49a768cae55f5066d8171b6142141f79b2a6c545695a65e6cf2ecf62973033b2f6790022b2a4700e52f150bd7c3de5fffe3f25baf491d1955ca05d7e56f417e81c520cc6077e81e59b45f006e12aa05a82b25a69b37c93aea61b1de0e7f1d7810507bb120c110577614b1127848c246cd2a5c33a2f29666301d6c04162e6a646d82b3f00263f63da6dc7ac17669cac9ee67265bae89adaec70a79704e56eb761e1346966d668e0aaf748936677a9c16d40f82c8c9c8abe879a1d80bfab5539e40b915295aa57fd65cc5996dfabd124ca220cc55003df048f0002ba4f4c537b6777341194948f76b968083979b86a4eadb1f8173d2c7625b40b81b2cdc906a72edcd19db8cc57396ffbf63f7472e8d1', '7cf528f49d844f0974812d6e1f46a398e4da5352879e01d1998e8d9c2c13f281', '2027-06-24', NULL);
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a20006-5a43-7000-95db-0393f0867340', '01a20006-5ba5-7000-a726-230c6f7c32e7');
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5777-7000-8a86-218b7b5d3b5b', '2026-11-21 21:32:25.378402+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a20006-5a43-7000-95db-0393f0867340', '01a20006-5777-7000-8a86-218b7b5d3b5b', '2026-11-21 21:32:26.05077+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-57e0-7000-826c-920f8f57a07d', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5777-7000-8a86-218b7b5d3b5b', 'Olga', 'Thick socks. And time for tea.', 'en', '\x2069756dbe352407ff9753a0bc761ae6', '2026-11-21 21:32:25.429045+00', '2026-11-21 21:32:25.549073+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-589c-7000-82bf-cca1be3d86e9', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5899-7000-a28f-a3423b425b7f', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\xadcca86b0e303723796f712e04c1abb1', '2026-11-21 21:32:25.624485+00', '2026-11-21 21:32:25.676832+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-58f5-7000-9a35-9ab09a00fbef', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-58ec-7000-9070-acac3c81b4f0', 'Ida', 'Watercolours', 'en', '\xdf9746ade1f05f98914d1417a5f1ba1c', '2026-11-21 21:32:25.707804+00', '2026-11-21 21:32:25.760491+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-593c-7000-9535-56aa4202ff76', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5939-7000-8cbe-5f4c6ccb3589', 'Frederik', '', 'en', '\x4715ace11b86e7ce93c97ace169fb0e7', '2026-11-21 21:32:25.781761+00', '2026-11-21 21:32:25.844461+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5998-7000-8da5-420ab7cfef75', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5995-7000-806f-897a342fa86c', 'Nora', 'Something for the balcony that survives me', 'en', '\x6a6e2c30ee50b1b8d7d84a2a009863e3', '2026-11-21 21:32:25.876912+00', '2026-11-21 21:32:25.918234+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-59da-7000-9e5b-b37fc6c1c48a', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-59d9-7000-9f8e-7e9759babd77', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x60f4eba0b901f30597599e04c40cc4a5', '2026-11-21 21:32:25.944897+00', '2026-11-21 21:32:25.981333+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5a2a-7000-a629-7aa43ea49092', '01a20006-57a2-7000-9d04-07ab2e58fe33', '01a20006-5a29-7000-ba87-eb4366aa4ad3', 'Astrid', 'A good whetstone', 'en', '\x41b92bc9494bfd1a7b683162eea65e52', '2026-11-21 21:32:26.021127+00', NULL, NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5a61-7000-a0bf-d721588627d0', '01a20006-5a43-7000-95db-0393f0867340', '01a20006-5777-7000-8a86-218b7b5d3b5b', 'Olga', 'Thick socks. And time for tea.', 'en', '\x29ee942434b203fbf55c1dd41ac80a0d', '2026-11-21 21:32:26.073539+00', '2026-11-21 21:32:26.107234+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5abe-7000-9cb1-5cca075df45e', '01a20006-5a43-7000-95db-0393f0867340', '01a20006-5899-7000-a28f-a3423b425b7f', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x52c4b2f5ba2da417a4de4c2e64d09cd0', '2026-11-21 21:32:26.169987+00', '2026-11-21 21:32:26.206073+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5b0f-7000-a898-f1928c789ac8', '01a20006-5a43-7000-95db-0393f0867340', '01a20006-58ec-7000-9070-acac3c81b4f0', 'Ida', 'Watercolours', 'en', '\xc754cb5d7ec4ce1abbce6f5c6db894d5', '2026-11-21 21:32:26.24406+00', '2026-11-21 21:32:26.283867+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5b4c-7000-b395-222c7eb721c1', '01a20006-5a43-7000-95db-0393f0867340', '01a20006-5939-7000-8cbe-5f4c6ccb3589', 'Frederik', '', 'en', '\x4fcc7260dde79a308898b6fae90ce087', '2026-11-21 21:32:26.311048+00', '2026-11-21 21:32:26.347648+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a20006-5b7b-7000-a806-0ee8e8c2d60f', '01a20006-5a43-7000-95db-0393f0867340', '01a20006-5995-7000-806f-897a342fa86c', 'Nora', 'Something for the balcony that survives me', 'en', '\xa06958acb58f40119d35b3b2fb94e55b', '2026-11-21 21:32:26.361+00', '2026-11-21 21:32:26.384452+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.household VALUES ('01a20006-5ba5-7000-a726-230c6f7c32e7', '01a20006-5774-7000-b00b-83717a763931', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a20006-5ba5-7000-a726-230c6f7c32e7', '01a20006-5899-7000-a28f-a3423b425b7f');
INSERT INTO kinkeeper_release.household_member VALUES ('01a20006-5ba5-7000-a726-230c6f7c32e7', '01a20006-5777-7000-8a86-218b7b5d3b5b');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 22:32:25.937055+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 21:47:25.937055+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 21:37:25.96554+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 21:47:26.018451+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 22:32:26.018451+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xdc2caf6b9b3b9dac472192dc6fd24b65250f9050c46cf7ea6c322d9068bb5755', '2026-11-21 22:32:25.414209+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 22:32:25.414209+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 21:47:25.414209+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 21:37:25.520421+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 22:32:25.604478+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 21:47:25.604478+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 21:37:25.660185+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 21:47:25.700882+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 22:32:25.700882+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 21:37:25.740144+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 22:32:25.774857+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 21:47:25.774857+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 21:37:25.814962+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x05b24eaf3276383c32624e0ec4c53bb69a2574a77c9af38b378cb03838f0ff87', '2026-11-21 22:32:26.060949+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 21:47:25.872775+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 22:32:25.872775+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 21:37:25.900179+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5803-7000-81cb-453fcbc86b4b', 'exchanges.confirm', '01a20006-57e0-7000-826c-920f8f57a07d', '\xf1d57b19c0502ef45997c9b0ae974ef3a2d8be9e6935fd965858caec713e071b', 259200, NULL, '2026-11-21 21:32:25.549073+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-589d-7000-8f76-b14ba70042a3', 'exchanges.confirm', '01a20006-589c-7000-82bf-cca1be3d86e9', '\x3d17444231ebfe8274ec937dba6faab18467d0afb12f77df6e195ee9b9b12126', 259200, NULL, '2026-11-21 21:32:25.676832+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-58f5-7002-85f5-78b99ef6b3e8', 'exchanges.confirm', '01a20006-58f5-7000-9a35-9ab09a00fbef', '\xa6df53ef7034e3ea299295d2de538422bb14898df4609ce3f90064a7f77c6e8b', 259200, NULL, '2026-11-21 21:32:25.760491+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-593d-7000-9e64-250442b028be', 'exchanges.confirm', '01a20006-593c-7000-9535-56aa4202ff76', '\xfc0559ef8ec8656f50e6ecf50621315c82a8f9d4205e7f2a060b43e7462bf2fc', 259200, NULL, '2026-11-21 21:32:25.844461+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5999-7000-b0f7-4d2873b2960b', 'exchanges.confirm', '01a20006-5998-7000-8da5-420ab7cfef75', '\xd5266b1ebc3bfceab45c4e86b92fd36f506d9126dcc9c1cda2e1b6fb5c3e1208', 259200, NULL, '2026-11-21 21:32:25.918234+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-59db-7000-960d-56cafc38584d', 'exchanges.confirm', '01a20006-59da-7000-9e5b-b37fc6c1c48a', '\x2e65a7e296fb3206d5cde67ff18541019089ff2360e74552d25d111006e85bbb', 259200, NULL, '2026-11-21 21:32:25.981333+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5a2a-7002-993c-1adb4861f080', 'exchanges.confirm', '01a20006-5a2a-7000-a629-7aa43ea49092', '\xd7826130c3922de16a5f6410921ea7bf88436481b209ad488b1a508a0983f66e', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5a62-7000-a88c-5be0cd818f68', 'exchanges.confirm', '01a20006-5a61-7000-a0bf-d721588627d0', '\x1fab4ec8fa59f3db92e8678faa2ada3a17824a959b74223ac593633e18785c2d', 259200, NULL, '2026-11-21 21:32:26.107234+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5abf-7000-b943-b83f47598fca', 'exchanges.confirm', '01a20006-5abe-7000-9cb1-5cca075df45e', '\x792fe4bbf14c3545476f457014ccf6efef262929ff99d4024590af9205a58392', 259200, NULL, '2026-11-21 21:32:26.206073+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5b10-7000-b28d-f8e77a0404b3', 'exchanges.confirm', '01a20006-5b0f-7000-a898-f1928c789ac8', '\x12e197784fcefa3df8bbff4b6d5dfec9dea7d86d0bab73d0267c740f22fcc03d', 259200, NULL, '2026-11-21 21:32:26.283867+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5b4c-7002-aa60-cd68c2d876c5', 'exchanges.confirm', '01a20006-5b4c-7000-b395-222c7eb721c1', '\x5fdfa3a40c96366fe4e7c18837dfb0cb949e324f0d714bed448e5e3c663fbabe', 259200, NULL, '2026-11-21 21:32:26.347648+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5b7b-7002-9fce-113eb515bbdb', 'exchanges.confirm', '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '\xd8932e810633783db45eca9cb718c1a17b4817862e32e42a70531aee7cc76cdd', 259200, NULL, '2026-11-21 21:32:26.384452+00', NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5bfa-7000-bd3f-fa69283aab6d', 'exchanges.ready', '01a20006-5a61-7000-a0bf-d721588627d0', '\x2a92a9e8977c9685c86fcea43182535c7b0f9cf7c3917d453445e42d74839d4a', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5bfa-7001-bc2c-09469fcdd601', 'exchanges.ready', '01a20006-5abe-7000-9cb1-5cca075df45e', '\x536f27b9a24759a396530b620ee81195713e05882e17b6e3d63e2910c5ebaa29', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5bfa-7002-859a-aa1079f50367', 'exchanges.ready', '01a20006-5b0f-7000-a898-f1928c789ac8', '\xf7dc40e7e624614e4fbb538dfe2e780999a3d1fd4926be26414e3942f5c46413', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5bfa-7003-bf87-0d1673f4dd40', 'exchanges.ready', '01a20006-5b4c-7000-b395-222c7eb721c1', '\x1a63a9961613db5d05aaef017ca4f47406415c1650c031ab3abcb1cb099f74a7', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.link VALUES ('01a20006-5bfa-7004-ab3e-32264ab78435', 'exchanges.ready', '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '\xc9134e43db207f07db6b7791e6c6907ad5196e2f404f8d32ba684fbf85168c69', 259200, NULL, NULL, NULL, NULL, NULL, '\x55dd2f2e');
INSERT INTO kinkeeper_release.live_event VALUES (1, '2026-11-21 21:32:25.429045+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (2, '2026-11-21 21:32:25.549073+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-57e0-7000-826c-920f8f57a07d', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (3, '2026-11-21 21:32:25.549073+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-57e0-7000-826c-920f8f57a07d', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (4, '2026-11-21 21:32:25.624485+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (5, '2026-11-21 21:32:25.676832+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-589c-7000-82bf-cca1be3d86e9', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (6, '2026-11-21 21:32:25.676832+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-589c-7000-82bf-cca1be3d86e9', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (7, '2026-11-21 21:32:25.707804+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (8, '2026-11-21 21:32:25.760491+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-58f5-7000-9a35-9ab09a00fbef', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (9, '2026-11-21 21:32:25.760491+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-58f5-7000-9a35-9ab09a00fbef', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (10, '2026-11-21 21:32:25.781761+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (11, '2026-11-21 21:32:25.844461+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-593c-7000-9535-56aa4202ff76', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (12, '2026-11-21 21:32:25.844461+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-593c-7000-9535-56aa4202ff76', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (13, '2026-11-21 21:32:25.876912+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (14, '2026-11-21 21:32:25.918234+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-5998-7000-8da5-420ab7cfef75', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (15, '2026-11-21 21:32:25.918234+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-5998-7000-8da5-420ab7cfef75', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (16, '2026-11-21 21:32:25.944897+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (17, '2026-11-21 21:32:25.981333+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.confirmed', '01a20006-59da-7000-9e5b-b37fc6c1c48a', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (18, '2026-11-21 21:32:25.981333+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'seat.visited', '01a20006-59da-7000-9e5b-b37fc6c1c48a', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (19, '2026-11-21 21:32:26.021127+00', 'exchange/01a20006-57a2-7000-9d04-07ab2e58fe33', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (20, '2026-11-21 21:32:26.073539+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (21, '2026-11-21 21:32:26.107234+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.confirmed', '01a20006-5a61-7000-a0bf-d721588627d0', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (22, '2026-11-21 21:32:26.107234+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.visited', '01a20006-5a61-7000-a0bf-d721588627d0', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (23, '2026-11-21 21:32:26.169987+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (24, '2026-11-21 21:32:26.206073+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.confirmed', '01a20006-5abe-7000-9cb1-5cca075df45e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (25, '2026-11-21 21:32:26.206073+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.visited', '01a20006-5abe-7000-9cb1-5cca075df45e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (26, '2026-11-21 21:32:26.24406+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (27, '2026-11-21 21:32:26.283867+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.confirmed', '01a20006-5b0f-7000-a898-f1928c789ac8', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (28, '2026-11-21 21:32:26.283867+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.visited', '01a20006-5b0f-7000-a898-f1928c789ac8', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (29, '2026-11-21 21:32:26.311048+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (30, '2026-11-21 21:32:26.347648+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.confirmed', '01a20006-5b4c-7000-b395-222c7eb721c1', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (31, '2026-11-21 21:32:26.347648+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.visited', '01a20006-5b4c-7000-b395-222c7eb721c1', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (32, '2026-11-21 21:32:26.361+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (33, '2026-11-21 21:32:26.384452+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.confirmed', '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (34, '2026-11-21 21:32:26.384452+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'seat.visited', '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (35, '2026-11-21 21:32:26.429789+00', 'exchange/01a20006-5a43-7000-95db-0393f0867340', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.master_key VALUES (1, '\x55dd2f2e', '2026-11-21 21:32:24.724703+00', NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5803-7000-81cb-453fcbc86b4b', 'exchanges.confirm_joining/01a20006-57e0-7001-b8a0-6d9ebf7630ea/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a20006-5777-7000-8a86-218b7b5d3b5b', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-57e0-7000-826c-920f8f57a07d", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5803-7000-81cb-453fcbc86b4b@localhost>', 1, '2026-11-21 21:32:25.429045+00', 'queued', '2026-11-21 21:32:25.429045+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-57e0-7000-826c-920f8f57a07d', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-589d-7000-8f76-b14ba70042a3', 'exchanges.confirm_joining/01a20006-589c-7001-a6a1-1dcd1c09823e/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a20006-5899-7000-a28f-a3423b425b7f', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-589c-7000-82bf-cca1be3d86e9", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-589d-7000-8f76-b14ba70042a3@localhost>', 1, '2026-11-21 21:32:25.624485+00', 'queued', '2026-11-21 21:32:25.624485+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-589c-7000-82bf-cca1be3d86e9', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-58f5-7002-85f5-78b99ef6b3e8', 'exchanges.confirm_joining/01a20006-58f5-7001-ab61-c47464f7cb4d/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a20006-58ec-7000-9070-acac3c81b4f0', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-58f5-7000-9a35-9ab09a00fbef", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-58f5-7002-85f5-78b99ef6b3e8@localhost>', 1, '2026-11-21 21:32:25.707804+00', 'queued', '2026-11-21 21:32:25.707804+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-58f5-7000-9a35-9ab09a00fbef', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-593d-7000-9e64-250442b028be', 'exchanges.confirm_joining/01a20006-593c-7001-af34-de757dc4d5ae/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a20006-5939-7000-8cbe-5f4c6ccb3589', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-593c-7000-9535-56aa4202ff76", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-593d-7000-9e64-250442b028be@localhost>', 1, '2026-11-21 21:32:25.781761+00', 'queued', '2026-11-21 21:32:25.781761+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-593c-7000-9535-56aa4202ff76', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5999-7000-b0f7-4d2873b2960b', 'exchanges.confirm_joining/01a20006-5998-7001-8567-09c18bcea844/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a20006-5995-7000-806f-897a342fa86c', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-5998-7000-8da5-420ab7cfef75", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5999-7000-b0f7-4d2873b2960b@localhost>', 1, '2026-11-21 21:32:25.876912+00', 'queued', '2026-11-21 21:32:25.876912+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5998-7000-8da5-420ab7cfef75', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-59db-7000-960d-56cafc38584d', 'exchanges.confirm_joining/01a20006-59da-7001-9585-090f473fb2a8/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '01a20006-59d9-7000-9f8e-7e9759babd77', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-59da-7000-9e5b-b37fc6c1c48a", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-59db-7000-960d-56cafc38584d@localhost>', 1, '2026-11-21 21:32:25.944897+00', 'queued', '2026-11-21 21:32:25.944897+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-59da-7000-9e5b-b37fc6c1c48a', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5a2a-7002-993c-1adb4861f080', 'exchanges.confirm_joining/01a20006-5a2a-7001-a837-12ce7d223e97/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '01a20006-5a29-7000-ba87-eb4366aa4ad3', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a20006-5a2a-7000-a629-7aa43ea49092", "exchange_id": "01a20006-57a2-7000-9d04-07ab2e58fe33", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5a2a-7002-993c-1adb4861f080@localhost>', 1, '2026-11-21 21:32:26.021127+00', 'queued', '2026-11-21 21:32:26.021127+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5a2a-7000-a629-7aa43ea49092', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5a62-7000-a88c-5be0cd818f68', 'exchanges.confirm_joining/01a20006-5a61-7001-8b76-f7176b10d47d/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a20006-5777-7000-8a86-218b7b5d3b5b', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5a61-7000-a0bf-d721588627d0", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5a62-7000-a88c-5be0cd818f68@localhost>', 1, '2026-11-21 21:32:26.073539+00', 'queued', '2026-11-21 21:32:26.073539+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5a61-7000-a0bf-d721588627d0', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5abf-7000-b943-b83f47598fca', 'exchanges.confirm_joining/01a20006-5abe-7001-8997-4ae4da797255/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a20006-5899-7000-a28f-a3423b425b7f', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5abe-7000-9cb1-5cca075df45e", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5abf-7000-b943-b83f47598fca@localhost>', 1, '2026-11-21 21:32:26.169987+00', 'queued', '2026-11-21 21:32:26.169987+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5abe-7000-9cb1-5cca075df45e', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5b10-7000-b28d-f8e77a0404b3', 'exchanges.confirm_joining/01a20006-5b0f-7001-9407-0b697da8542d/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a20006-58ec-7000-9070-acac3c81b4f0', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b0f-7000-a898-f1928c789ac8", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5b10-7000-b28d-f8e77a0404b3@localhost>', 1, '2026-11-21 21:32:26.24406+00', 'queued', '2026-11-21 21:32:26.24406+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b0f-7000-a898-f1928c789ac8', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5b4c-7002-aa60-cd68c2d876c5', 'exchanges.confirm_joining/01a20006-5b4c-7001-a656-56e5302d0f2a/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a20006-5939-7000-8cbe-5f4c6ccb3589', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b4c-7000-b395-222c7eb721c1", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5b4c-7002-aa60-cd68c2d876c5@localhost>', 1, '2026-11-21 21:32:26.311048+00', 'queued', '2026-11-21 21:32:26.311048+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b4c-7000-b395-222c7eb721c1', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5b7b-7002-9fce-113eb515bbdb', 'exchanges.confirm_joining/01a20006-5b7b-7001-a320-6a951b6692d7/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a20006-5995-7000-806f-897a342fa86c', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b7b-7000-a806-0ee8e8c2d60f", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a20006-5b7b-7002-9fce-113eb515bbdb@localhost>', 1, '2026-11-21 21:32:26.361+00', 'queued', '2026-11-21 21:32:26.361+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5bfa-7000-bd3f-fa69283aab6d', 'exchanges.match_ready/01a20006-5a61-7000-a0bf-d721588627d0/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '01a20006-5777-7000-8a86-218b7b5d3b5b', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5a61-7000-a0bf-d721588627d0", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "eny74zce9hjf", "names": false}', '<01a20006-5bfa-7000-bd3f-fa69283aab6d@localhost>', 1, '2026-11-21 21:32:26.429789+00', 'queued', '2026-11-21 21:32:26.429789+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5a61-7000-a0bf-d721588627d0', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5bfa-7001-bc2c-09469fcdd601', 'exchanges.match_ready/01a20006-5abe-7000-9cb1-5cca075df45e/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '01a20006-5899-7000-a28f-a3423b425b7f', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5abe-7000-9cb1-5cca075df45e", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "eny74zce9hjf", "names": false}', '<01a20006-5bfa-7001-bc2c-09469fcdd601@localhost>', 1, '2026-11-21 21:32:26.429789+00', 'queued', '2026-11-21 21:32:26.429789+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5abe-7000-9cb1-5cca075df45e', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5bfa-7002-859a-aa1079f50367', 'exchanges.match_ready/01a20006-5b0f-7000-a898-f1928c789ac8/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '01a20006-58ec-7000-9070-acac3c81b4f0', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b0f-7000-a898-f1928c789ac8", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "eny74zce9hjf", "names": false}', '<01a20006-5bfa-7002-859a-aa1079f50367@localhost>', 1, '2026-11-21 21:32:26.429789+00', 'queued', '2026-11-21 21:32:26.429789+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b0f-7000-a898-f1928c789ac8', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5bfa-7003-bf87-0d1673f4dd40', 'exchanges.match_ready/01a20006-5b4c-7000-b395-222c7eb721c1/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '01a20006-5939-7000-8cbe-5f4c6ccb3589', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b4c-7000-b395-222c7eb721c1", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "eny74zce9hjf", "names": false}', '<01a20006-5bfa-7003-bf87-0d1673f4dd40@localhost>', 1, '2026-11-21 21:32:26.429789+00', 'queued', '2026-11-21 21:32:26.429789+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b4c-7000-b395-222c7eb721c1', '\x55dd2f2e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a20006-5bfa-7004-ab3e-32264ab78435', 'exchanges.match_ready/01a20006-5b7b-7000-a806-0ee8e8c2d60f/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '01a20006-5995-7000-806f-897a342fa86c', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a20006-5b7b-7000-a806-0ee8e8c2d60f", "exchange_id": "01a20006-5a43-7000-95db-0393f0867340", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "eny74zce9hjf", "names": false}', '<01a20006-5bfa-7004-ab3e-32264ab78435@localhost>', 1, '2026-11-21 21:32:26.429789+00', 'queued', '2026-11-21 21:32:26.429789+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a20006-5b7b-7000-a806-0ee8e8c2d60f', '\x55dd2f2e');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-5777-7000-8a86-218b7b5d3b5b', '01a20006-5774-7000-b00b-83717a763931', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 21:32:25.332202+00', '2026-11-21 21:32:25.549073+00', NULL, NULL, NULL, 'olga');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-5899-7000-a28f-a3423b425b7f', '01a20006-5774-7000-b00b-83717a763931', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 21:32:25.624485+00', '2026-11-21 21:32:25.676832+00', NULL, NULL, NULL, 'bjarne');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-58ec-7000-9070-acac3c81b4f0', '01a20006-5774-7000-b00b-83717a763931', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 21:32:25.707804+00', '2026-11-21 21:32:25.760491+00', NULL, NULL, NULL, 'ida');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-5939-7000-8cbe-5f4c6ccb3589', '01a20006-5774-7000-b00b-83717a763931', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 21:32:25.781761+00', '2026-11-21 21:32:25.844461+00', NULL, NULL, NULL, 'frederik');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-5995-7000-806f-897a342fa86c', '01a20006-5774-7000-b00b-83717a763931', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 21:32:25.876912+00', '2026-11-21 21:32:25.918234+00', NULL, NULL, NULL, 'nora');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-59d9-7000-9f8e-7e9759babd77', '01a20006-5774-7000-b00b-83717a763931', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 21:32:25.944897+00', '2026-11-21 21:32:25.981333+00', NULL, NULL, NULL, 'emil');
INSERT INTO kinkeeper_release.person VALUES ('01a20006-5a29-7000-ba87-eb4366aa4ad3', '01a20006-5774-7000-b00b-83717a763931', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 21:32:26.021127+00', NULL, NULL, NULL, NULL, 'astrid');
INSERT INTO kinkeeper_release.role_grant VALUES ('01a20006-5784-7000-8fe4-efeb56b36c9f', '01a20006-5777-7000-8a86-218b7b5d3b5b', 'administrator', 'house', '00000000-0000-0000-0000-000000000000', '2026-11-21 21:32:25.332202+00');
INSERT INTO kinkeeper_release.tally VALUES ('accounts', 1);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-586d-7000-9a26-1bf4c5a3b686', '\x8c9606ec8a58d71343bcc402c4e70036c8f6b15f21616b4334892d08fb2aa1b8', '01a20006-5777-7000-8a86-218b7b5d3b5b', NULL, '2026-11-21 21:32:25.549073+00', '2026-11-21 21:32:25.549073+00', '2026-11-21 21:32:26.549073+00', '2026-11-21 21:32:26.549073+00', '2026-11-21 21:32:25.549073+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-58d5-7000-83c2-6f389b6f64a3', '\x96ba23c7f202c952af16b5f2c3dd2a65a5a3b47b19fd300303da42d33dcdbb2b', '01a20006-5899-7000-a28f-a3423b425b7f', NULL, '2026-11-21 21:32:25.676832+00', '2026-11-21 21:32:25.676832+00', '2026-11-21 21:32:26.676832+00', '2026-11-21 21:32:26.676832+00', '2026-11-21 21:32:25.676832+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5928-7000-be9e-9b68317a139c', '\xff27d12e4f582f623eef46dbf90a713817fc965d52971bb4f6c5f13e44923523', '01a20006-58ec-7000-9070-acac3c81b4f0', NULL, '2026-11-21 21:32:25.760491+00', '2026-11-21 21:32:25.760491+00', '2026-11-21 21:32:26.760491+00', '2026-11-21 21:32:26.760491+00', '2026-11-21 21:32:25.760491+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-597d-7000-8eda-a69985578799', '\x8f5c23cd57a202cadee9d7b662a0757b505cdb91a4c51ca62bd9f5e845fe78dd', '01a20006-5939-7000-8cbe-5f4c6ccb3589', NULL, '2026-11-21 21:32:25.844461+00', '2026-11-21 21:32:25.844461+00', '2026-11-21 21:32:26.844461+00', '2026-11-21 21:32:26.844461+00', '2026-11-21 21:32:25.844461+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-59c4-7000-b2b6-1c1a8d2b5e7c', '\x2d9c3d8ca04660c67321eb86f49455558d3f9bf3059319816703907570f9fe09', '01a20006-5995-7000-806f-897a342fa86c', NULL, '2026-11-21 21:32:25.918234+00', '2026-11-21 21:32:25.918234+00', '2026-11-21 21:32:26.918234+00', '2026-11-21 21:32:26.918234+00', '2026-11-21 21:32:25.918234+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5a06-7000-8140-da04d1eeab08', '\x5f70945e4307a2527553dc6b55d95a3fc562e5b2c6bb650495167cec6b0c2dae', '01a20006-59d9-7000-9f8e-7e9759babd77', NULL, '2026-11-21 21:32:25.981333+00', '2026-11-21 21:32:25.981333+00', '2026-11-21 21:32:26.981333+00', '2026-11-21 21:32:26.981333+00', '2026-11-21 21:32:25.981333+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5a89-7000-bd2c-9527d43f8c40', '\xb3768d80a0af8df0153b295cdea696abe2b8b562e729d7c95e47179f0947dd47', '01a20006-5777-7000-8a86-218b7b5d3b5b', NULL, '2026-11-21 21:32:26.107234+00', '2026-11-21 21:32:26.107234+00', '2026-11-21 21:32:27.107234+00', '2026-11-21 21:32:27.107234+00', '2026-11-21 21:32:26.107234+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5ae3-7000-8d6d-b28933265793', '\xf3c9fee621b5e1fafd81ae726b5a2b4b6a51a6922e2106ec9d919683754e857c', '01a20006-5899-7000-a28f-a3423b425b7f', NULL, '2026-11-21 21:32:26.206073+00', '2026-11-21 21:32:26.206073+00', '2026-11-21 21:32:27.206073+00', '2026-11-21 21:32:27.206073+00', '2026-11-21 21:32:26.206073+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5b35-7000-8c3c-44f4e2939423', '\x25a04ad73f54bf90b82144d07a6503120a3bb2c68cd7ca7319631405e26ab788', '01a20006-58ec-7000-9070-acac3c81b4f0', NULL, '2026-11-21 21:32:26.283867+00', '2026-11-21 21:32:26.283867+00', '2026-11-21 21:32:27.283867+00', '2026-11-21 21:32:27.283867+00', '2026-11-21 21:32:26.283867+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5b6e-7000-af2d-374c710b4ec8', '\xc01b5b4c7fe86f332641cb0025f6a338a4b4b312b176fbbd143898ae7d225e3a', '01a20006-5939-7000-8cbe-5f4c6ccb3589', NULL, '2026-11-21 21:32:26.347648+00', '2026-11-21 21:32:26.347648+00', '2026-11-21 21:32:27.347648+00', '2026-11-21 21:32:27.347648+00', '2026-11-21 21:32:26.347648+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a20006-5b96-7000-b47f-9e69d991aadf', '\xa1b882adfc75ccc2762e9c13dc9985f9d8cb4fc0648917379e6c5cfecfb8aadc', '01a20006-5995-7000-806f-897a342fa86c', NULL, '2026-11-21 21:32:26.384452+00', '2026-11-21 21:32:26.384452+00', '2026-11-21 21:32:27.384452+00', '2026-11-21 21:32:27.384452+00', '2026-11-21 21:32:26.384452+00', NULL);
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
