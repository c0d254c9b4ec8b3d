CREATE TABLE "leaving" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"status_before" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "room" DROP CONSTRAINT "room_starter_id_account_id_fk";
--> statement-breakpoint
ALTER TABLE "leaving" ADD CONSTRAINT "leaving_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leaving_due" ON "leaving" USING btree ("until");