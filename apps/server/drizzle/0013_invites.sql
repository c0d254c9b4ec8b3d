CREATE TABLE "branch_act" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"root_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "branch_act_person" (
	"act_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "branch_act_person_act_id_account_id_pk" PRIMARY KEY("act_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "invite" (
	"id" uuid PRIMARY KEY NOT NULL,
	"inviter_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"reason" text NOT NULL,
	"recipient" text,
	"uses" integer NOT NULL,
	"uses_left" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "invite_codeHash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "invite_allowance" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"extra" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nomination" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"nominator_id" uuid,
	"invite_id" uuid,
	"way" text NOT NULL,
	"at" bigint NOT NULL,
	"shown" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
ALTER TABLE "branch_act_person" ADD CONSTRAINT "branch_act_person_act_id_branch_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."branch_act"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_inviter_id_account_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite_allowance" ADD CONSTRAINT "invite_allowance_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "branch_act_root" ON "branch_act" USING btree ("root_id");--> statement-breakpoint
CREATE INDEX "branch_act_person_account_id_index" ON "branch_act_person" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "invite_of" ON "invite" USING btree ("inviter_id","created_at");--> statement-breakpoint
CREATE INDEX "invite_end" ON "invite" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "nomination_by" ON "nomination" USING btree ("nominator_id","at");--> statement-breakpoint
CREATE INDEX "nomination_invite" ON "nomination" USING btree ("invite_id");