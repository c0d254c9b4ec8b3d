CREATE TABLE "address_book" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"entries" integer NOT NULL,
	"uploaded_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_book_entry" (
	"owner_id" uuid NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "address_book_entry_owner_id_hash_pk" PRIMARY KEY("owner_id","hash")
);
--> statement-breakpoint
CREATE TABLE "address_book_use" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL,
	"looked" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "admission_mail" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"held_until" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cohort" (
	"id" uuid PRIMARY KEY NOT NULL,
	"size" integer NOT NULL,
	"at" bigint NOT NULL,
	"industries" text[] NOT NULL,
	"state" text NOT NULL,
	"admitted" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD COLUMN "address_hash" text;--> statement-breakpoint
ALTER TABLE "waitlist_entry" ADD COLUMN "told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "address_book" ADD CONSTRAINT "address_book_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_book_entry" ADD CONSTRAINT "address_book_entry_owner_id_address_book_owner_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."address_book"("owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "address_book_use" ADD CONSTRAINT "address_book_use_owner_id_account_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "admission_mail" ADD CONSTRAINT "admission_mail_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "address_book_end" ON "address_book" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "address_book_hash" ON "address_book_entry" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "cohort_due" ON "cohort" USING btree ("state","at");--> statement-breakpoint
CREATE INDEX "waitlist_address" ON "waitlist_entry" USING btree ("address_hash");