namespace Vae.Torch;

/// <summary>The style sheet of reports, for light and dark themes and for wide and narrow screens.</summary>
internal static class ReportStyle
{
    /// <summary>The widest picture that is shown unscaled: 980 minus padding and borders.</summary>
    public const int PaperWidth = 914;

    /// <summary>The width of charts on screens of up to 640 pixels.</summary>
    public const int NarrowChart = 340;

    // Contains no <, > or &: the page is also XML, which would escape them, while HTML reads style sheets unescaped.
    public const string Css = """
        :root { color-scheme: light dark;
            --ink: #1f2328; --muted: #5f6872; --page: #ffffff; --card: #f5f6f8; --line: #dfe3e8; --accent: #0072b2; }
        @media (prefers-color-scheme: dark) { :root {
            --ink: #e4e7eb; --muted: #9aa4af; --page: #14171b; --card: #1d2127; --line: #323942; --accent: #6cb8e6; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
            font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main { max-width: 980px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.75rem 0 1rem; }
        h3 { font-size: 1rem; margin: 0 0 .5rem; }
        p { margin: .5rem 0; overflow-wrap: anywhere; }
        a { color: var(--accent); }
        .outcome { display: inline-block; padding: .05rem .6rem; margin-right: .35rem; border-radius: 1rem;
            border: 1px solid var(--accent); color: var(--accent); font-weight: 600; font-size: .875rem; }
        .diverged { border-color: #d55e00; color: #d55e00; }
        .note { color: var(--muted); }
        .fine { color: var(--muted); font-size: .875rem; }
        .scroll { overflow-x: auto; }
        .table { width: max-content; min-width: 100%; max-width: min(100vw - 2.5rem, 1200px);
            position: relative; left: 50%; transform: translateX(-50%); }
        .table th:first-child, .table td:first-child { position: sticky; left: 0; background: var(--page); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums;
            margin: 1rem 0 .5rem; min-width: 60%; font-size: .9375rem; }
        th, td { text-align: left; padding: .35rem 1.5rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--muted); font-weight: 600; font-size: .8125rem; vertical-align: bottom; white-space: normal; }
        .number { text-align: right; padding: .35rem 0 .35rem 1.5rem; }
        td.name { white-space: normal; min-width: 11rem; }
        .says { white-space: normal; min-width: 16rem; padding-left: 1.5rem; }
        td.says { color: var(--muted); font-size: .875rem; }
        figure { margin: 0 0 2.25rem; }
        .paper { background: #ffffff; border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
        .paper img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        .narrow { display: none; background-size: contain; background-repeat: no-repeat; margin: 0 auto; }
        @media (prefers-color-scheme: dark) {
            .paper { background: var(--page); }
            .chart { filter: invert(1) hue-rotate(180deg); mix-blend-mode: screen; } }
        @media (min-width: 981px) { .pixels { image-rendering: pixelated; } }
        figcaption { color: var(--muted); font-size: .875rem; margin-top: .5rem; }
        details { margin-top: 1.25rem; border-top: 1px solid var(--line); padding-top: .75rem; }
        summary { cursor: pointer; font-weight: 600; }
        pre { background: var(--card); border-radius: 8px; padding: 1rem; overflow-x: auto;
            font: .8125rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
        @media (max-width: 640px) {
            main { padding-top: 1.25rem; } .paper { padding: 6px; } th, td { white-space: normal; padding-right: .75rem; }
            .number { padding-left: .75rem; } .wide { display: none !important; } .narrow { display: block; } }
        @media print { details { display: none; } }
        """;
}
