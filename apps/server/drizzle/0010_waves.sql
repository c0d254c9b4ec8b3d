CREATE TABLE "here_hidden" (
	"account_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wave" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"until" bigint NOT NULL,
	"answer" text
);
--> statement-breakpoint
ALTER TABLE "here_hidden" ADD CONSTRAINT "here_hidden_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wave" ADD CONSTRAINT "wave_from_id_account_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wave" ADD CONSTRAINT "wave_to_id_account_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wave_from" ON "wave" USING btree ("from_id","until");--> statement-breakpoint
CREATE INDEX "wave_to" ON "wave" USING btree ("to_id","until");--> statement-breakpoint
CREATE INDEX "wave_age" ON "wave" USING btree ("until");