CREATE TABLE "person_note" (
	"writer_id" uuid NOT NULL,
	"about_id" uuid NOT NULL,
	"text" text NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "person_note_writer_id_about_id_pk" PRIMARY KEY("writer_id","about_id")
);
--> statement-breakpoint
ALTER TABLE "follow" ADD COLUMN "hear" text DEFAULT 'always' NOT NULL;--> statement-breakpoint
ALTER TABLE "person_note" ADD CONSTRAINT "person_note_writer_id_account_id_fk" FOREIGN KEY ("writer_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_note" ADD CONSTRAINT "person_note_about_id_account_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_note_about" ON "person_note" USING btree ("about_id");--> statement-breakpoint
CREATE INDEX "follow_hear" ON "follow" USING btree ("follower_id") WHERE hear <> 'always';