CREATE TABLE "door_listed" (
	"hash" text PRIMARY KEY NOT NULL,
	"added_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waitlist_entry" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL,
	"sentence" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "status" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "server_settings" ADD COLUMN "door_domains" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD CONSTRAINT "waitlist_entry_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waitlist_order" ON "waitlist_entry" USING btree ("since","account_id");