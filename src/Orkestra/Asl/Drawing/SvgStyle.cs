namespace Orkestra.Asl.Drawing;

/// <summary>The style of drawings. Colors are variables, so that what embeds a drawing can set them.</summary>
internal static class SvgStyle
{
    internal const string Text =
        """

        .ork-graph{--g-canvas:var(--canvas,#fff);--g-box:var(--box,#fff);--g-level:var(--level,#f6f7f9);--g-line:var(--line,#c3c9d2);--g-way:var(--way,#8a93a1);--g-text:var(--text,#1b1f26);--g-muted:var(--muted,#5b6472);--g-catch:var(--catch,#a64b00);--g-accent:var(--accent,#2456c9);
        --g-ok:var(--ok,#0a7350);--g-bad:var(--bad,#c22c1c);--g-warn:var(--warn,#8f5b00);--g-run:var(--run,#2456c9);--g-stop:var(--stop,#5b6472);--g-late:var(--late,#7a3fb0);font-family:Inter,"Segoe UI",Roboto,Helvetica,Arial,"Liberation Sans",sans-serif}
        @media (prefers-color-scheme:dark){.ork-graph{--g-canvas:var(--canvas,#14171c);--g-box:var(--box,#1d2128);--g-level:var(--level,#171a20);--g-line:var(--line,#414956);--g-way:var(--way,#7f8998);--g-text:var(--text,#e8eaee);--g-muted:var(--muted,#a2abb8);--g-catch:var(--catch,#f0a35e);--g-accent:var(--accent,#8db4ff);
        --g-ok:var(--ok,#4cc38a);--g-bad:var(--bad,#ff8a78);--g-warn:var(--warn,#e5b45a);--g-run:var(--run,#8db4ff);--g-stop:var(--stop,#a2abb8);--g-late:var(--late,#c9a2f2)}}
        .ork-canvas{fill:var(--g-canvas)}
        .ork-box{fill:var(--g-box);stroke:var(--g-line);stroke-width:1.2}
        .ork-level{fill:var(--g-level);stroke:none}
        .ork-name{font-size:13px;font-weight:500;fill:var(--g-text);unicode-bidi:isolate}
        .ork-detail,.ork-text,.ork-end,.ork-count{font-size:11px;fill:var(--g-muted);unicode-bidi:isolate}
        .ork-icon,.ork-status{fill:none;stroke:var(--g-muted);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
        .ork-mark rect{fill:var(--g-canvas);stroke:var(--g-line);stroke-width:1.2}
        .ork-line{fill:none;stroke:var(--g-way);stroke-width:1.3}
        .ork-tip{fill:var(--g-way)}
        .ork-catch .ork-line{stroke:var(--g-catch);stroke-dasharray:4 3}
        .ork-catch .ork-tip,.ork-catch .ork-text{fill:var(--g-catch)}
        .ork-label rect{fill:var(--g-canvas)}
        .ork-inner .ork-label rect{fill:var(--g-level)}
        .ork-fail .ork-icon,.ork-missing .ork-icon{stroke:var(--g-bad)}
        .ork-succeed .ork-icon{stroke:var(--g-ok)}
        .ork-missing .ork-box,.ork-unknown .ork-box{stroke:var(--g-bad);stroke-dasharray:4 3}

        """;
}
