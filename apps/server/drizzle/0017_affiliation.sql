CREATE TABLE "affiliation" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"domain" text NOT NULL,
	"source" text NOT NULL,
	"address" text,
	"address_hash" text,
	"verified_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"reminded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "affiliation_request" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"code_hash" text NOT NULL,
	"tries_left" integer NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "affiliation" ADD CONSTRAINT "affiliation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation_request" ADD CONSTRAINT "affiliation_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "affiliation_mailbox" ON "affiliation" USING btree ("address_hash");--> statement-breakpoint
CREATE INDEX "affiliation_expiry" ON "affiliation" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "affiliation_domain" ON "affiliation" USING btree ("domain");