namespace Orkestra.Expressions.Patterns;

/// <summary>The operations of a <see cref="PatternProgram"/>, with their operands.</summary>
internal enum PatternOp
{
    /// <summary>The search has succeeded; so has a part that is matched on its own.</summary>
    Match,

    /// <summary>unit</summary>
    Unit,

    /// <summary>set</summary>
    Set,

    /// <summary>literal</summary>
    Literal,

    /// <summary>unit, matched to the left of the place</summary>
    UnitBack,

    /// <summary>set, matched to the left of the place</summary>
    SetBack,

    /// <summary>target</summary>
    Jump,

    /// <summary>first, second: continues at the first target, and at the second when that fails</summary>
    Split,

    /// <summary>set, least, most, greed: a repetition of a set</summary>
    SetLoop,

    /// <summary>slot: keeps the place</summary>
    Save,

    /// <summary>first slot, end slot: forgets groups</summary>
    Clear,

    /// <summary>register, value</summary>
    Load,

    /// <summary>register: keeps the place where an iteration began</summary>
    LoopStart,

    /// <summary>register, counter or -1, least, exit or -1: ends the loop or fails when an iteration beyond the least has matched nothing</summary>
    LoopCheck,

    /// <summary>register, least, most, greed, exit: counts an iteration</summary>
    Count,

    /// <summary>kind</summary>
    Assert,

    /// <summary>group, cases, backwards, whether an unset group matches</summary>
    Backreference,

    /// <summary>negated, end: what follows is matched on its own up to the end, and the place stays</summary>
    Look,

    /// <summary>end: what follows is matched on its own up to the end, and gives nothing back</summary>
    Atomic,
}
