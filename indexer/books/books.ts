import type { Question } from "../query/question.ts";
import type { Book } from "./book.ts";
import { ledgerBook } from "./ledger/book.ts";
import { peripheryBook } from "./periphery/book.ts";

/** All books. Code that concerns one book only is in its folder. */
export const books: readonly Book[] = [ledgerBook, peripheryBook];

/** All questions. REST, GraphQL, the API's documents and the export command are derived from these. */
export const questions: readonly Question[] = books.flatMap(({ name, questions: own }) =>
  own.map((question) => ({ ...question, book: name })),
);
