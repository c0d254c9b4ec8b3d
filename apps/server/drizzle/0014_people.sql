CREATE EXTENSION IF NOT EXISTS "pg_trgm";--> statement-breakpoint
CREATE TABLE "follow_count" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"followers" integer DEFAULT 0 NOT NULL,
	"following" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_search" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"terms" "tsvector" NOT NULL,
	"name_key" text NOT NULL,
	"known" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
DROP INDEX "follow_followed_id_index";--> statement-breakpoint
ALTER TABLE "profile" ADD COLUMN "job_title" text;--> statement-breakpoint
ALTER TABLE "profile" ADD COLUMN "industry" text;--> statement-breakpoint
ALTER TABLE "profile" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "profile" ADD COLUMN "links" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "profile" ADD COLUMN "topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "follow_count" ADD CONSTRAINT "follow_count_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_search" ADD CONSTRAINT "person_search_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follow_count_most" ON "follow_count" USING btree ("followers" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "person_search_terms" ON "person_search" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "person_search_known" ON "person_search" USING gin ("terms") WHERE known;--> statement-breakpoint
CREATE INDEX "person_search_name" ON "person_search" USING gin ("name_key" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "follow_followers" ON "follow" USING btree ("followed_id","created_at" DESC NULLS FIRST,"follower_id");--> statement-breakpoint
CREATE INDEX "profile_newest" ON "profile" USING btree ("created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "participation_history" ON "participation" USING btree ("account_id","joined_at" DESC NULLS FIRST);--> statement-breakpoint
INSERT INTO "follow_count" ("account_id", "followers", "following")
SELECT "account_id", sum("followers"), sum("following") FROM (
	SELECT "followed_id" AS "account_id", 1 AS "followers", 0 AS "following" FROM "follow"
	UNION ALL SELECT "follower_id", 0, 1 FROM "follow"
) AS "sides" GROUP BY "account_id";--> statement-breakpoint
-- Rows are locked in the order of their ids, so that two who follow at once never wait for each other.
CREATE FUNCTION "count_new_follows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO follow_count AS counted (account_id, followers, following)
	SELECT account_id, sum(followers), sum(following) FROM (
		SELECT followed_id AS account_id, 1 AS followers, 0 AS following FROM changed
		UNION ALL SELECT follower_id, 0, 1 FROM changed
	) AS sides GROUP BY account_id ORDER BY account_id
	ON CONFLICT (account_id) DO UPDATE
	SET followers = counted.followers + excluded.followers, following = counted.following + excluded.following;
	UPDATE person_search SET known = true FROM follow_count
	WHERE NOT person_search.known AND follow_count.account_id = person_search.account_id
		AND follow_count.followers >= 100 AND person_search.account_id IN (SELECT followed_id FROM changed);
	RETURN NULL;
END $$;--> statement-breakpoint
-- Only rows that are there: where an account goes, its own may have gone before its follows.
CREATE FUNCTION "count_ended_follows"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM 1 FROM follow_count WHERE account_id IN (
		SELECT followed_id FROM changed UNION SELECT follower_id FROM changed
	) ORDER BY account_id FOR UPDATE;
	UPDATE follow_count AS counted
	SET followers = counted.followers - sums.followers, following = counted.following - sums.following
	FROM (
		SELECT account_id, sum(followers)::int AS followers, sum(following)::int AS following FROM (
			SELECT followed_id AS account_id, 1 AS followers, 0 AS following FROM changed
			UNION ALL SELECT follower_id, 0, 1 FROM changed
		) AS sides GROUP BY account_id
	) AS sums WHERE sums.account_id = counted.account_id;
	UPDATE person_search SET known = false FROM follow_count
	WHERE person_search.known AND follow_count.account_id = person_search.account_id
		AND follow_count.followers < 100 AND person_search.account_id IN (SELECT followed_id FROM changed);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "follow_added" AFTER INSERT ON "follow" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "count_new_follows"();--> statement-breakpoint
CREATE TRIGGER "follow_ended" AFTER DELETE ON "follow" REFERENCING OLD TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "count_ended_follows"();
