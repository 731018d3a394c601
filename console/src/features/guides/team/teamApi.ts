import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dayjs from "dayjs";

import { client, settle, unwrap } from "@/api/client";
import { usePages } from "@/api/pages";
import type { components } from "@/api/schema";
import { timeZone } from "@/i18n/format";

import { guideKeys, useGuideWrite } from "../guidesApi";

type Schemas = components["schemas"];
export type Period = "day" | "week" | "month";
export type Loss = Schemas["LossOut"];
export type Heard = Schemas["HeardOut"];
export type SensitiveWord = Schemas["WordOut"];

/** The days of a period, by the brand's clock. */
export function daysOf(period: Period): { first: string; last: string } {
  const now = dayjs().tz(timeZone());
  const first = period === "day" ? now : period === "week" ? now.subtract(6, "day") : now.startOf("month");
  return { first: first.format("YYYY-MM-DD"), last: now.format("YYYY-MM-DD") };
}

const LIVE = 10_000;

export function useTeam(period: Period) {
  const query = daysOf(period);
  return useQuery({ queryKey: [...guideKeys.all, "team", query], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/team", { params: { query }, signal })), refetchInterval: LIVE, placeholderData: keepPreviousData });
}

export function useLosses(period: Period) {
  const query = daysOf(period);
  return useQuery({ queryKey: [...guideKeys.all, "losses", query], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/team/losses", { params: { query }, signal })), refetchInterval: 30_000 });
}

export function useGoals() {
  const month = daysOf("month").first;
  return useQuery({ queryKey: [...guideKeys.all, "goals", month], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/goals", { params: { query: { month } }, signal })), refetchInterval: 30_000 });
}

export function useSetGoal() {
  return useGuideWrite((body: Schemas["GoalIn"]) => unwrap(client.PUT("/api/v1/guides/goals", { body })));
}

export function useRemoveGoal() {
  return useGuideWrite((id: number) => settle(client.DELETE("/api/v1/guides/goals/{goal_id}", { params: { path: { goal_id: id } } })));
}

export function useWords() {
  return usePages([...guideKeys.all, "words"], (cursor, signal) => unwrap(client.GET("/api/v1/guides/words", { params: { query: { limit: 200, cursor: cursor ?? null } }, signal })));
}

export function useHeard() {
  return useQuery({ queryKey: [...guideKeys.all, "heard"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/guides/words/heard", { signal })), refetchInterval: 60_000 });
}

export function useAddWord() {
  return useGuideWrite((body: Schemas["WordIn"]) => unwrap(client.POST("/api/v1/guides/words", { body })));
}

export function useRemoveWord() {
  return useGuideWrite((id: number) => settle(client.DELETE("/api/v1/guides/words/{word_id}", { params: { path: { word_id: id } } })));
}
