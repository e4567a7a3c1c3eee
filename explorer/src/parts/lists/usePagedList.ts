import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ListOf } from "../../api/questions.ts";

/** Reads a list page by page: the first page immediately, each further page on demand. */
export const usePagedList = <Row>({ key, read }: ListOf<Row>) =>
  useInfiniteQuery({
    queryKey: [...key, "pages"],
    queryFn: ({ signal, pageParam }) => read(pageParam === undefined ? {} : { after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
