import type { Question } from "../query/question.ts";
import type { Book } from "./book.ts";
import { ledgerBook } from "./ledger/book.ts";
import { peripheryBook } from "./periphery/book.ts";

/** All that is followed. What concerns one book alone is in its folder. */
export const books: readonly Book[] = [ledgerBook, peripheryBook];

/** All that can be asked. REST, GraphQL, the documents and the export command are made from these. */
export const questions: readonly Question[] = books.flatMap(({ name, questions: own }) =>
  own.map((question) => ({ ...question, book: name })),
);
