import { type ReactNode, useEffect, useRef } from "react";

interface PageProps {
  title: string;
  /** Before the title: what kind of thing it is. */
  eyebrow?: ReactNode;
  /** Instead of the title, where it is more than text. */
  heading?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

let first = true;

/** A page and its title, which is read out when one comes to it. */
export function Page({ title, eyebrow, heading, lead, children }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Tributary`;
  }, [title]);
  useEffect(() => {
    if (!first) {
      window.scrollTo(0, 0);
      top.current?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
  return (
    <article>
      <header className="page-head">
        {eyebrow && <p className="eyebrow">{eyebrow}</p>}
        <h1 ref={top} tabIndex={-1}>
          <bdi>{heading ?? title}</bdi>
        </h1>
        {lead && <div className="lead">{lead}</div>}
      </header>
      {children}
    </article>
  );
}

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, about, actions, children }: SectionProps) {
  const id = `s-${title.toLowerCase().replaceAll(/\W+/g, "-")}`;
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {actions && <div className="actions">{actions}</div>}
      </div>
      {about && <p className="about">{about}</p>}
      {children}
    </section>
  );
}
