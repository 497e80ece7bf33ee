using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>Makes a program of a regular expression that was read.</summary>
internal sealed class PatternCompiler
{
    // A repetition of a part this large or smaller is written out; a larger one counts its iterations.
    const int LargestCopy = 2000;
    const int MostLoops = 4;

    readonly PatternRules rules;
    readonly List<int> code = [];
    readonly List<CharSet> sets = [];
    readonly List<string> literals = [];
    readonly List<(int At, int Number)> branches = [];
    readonly List<int[]> branchLoops = [[]];
    readonly List<int> openLoops = [];
    int registers;
    int alone;
    bool remembers = true;

    PatternCompiler(PatternRules rules) => this.rules = rules;

    /// <summary>Compiles a tree.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="rules">What the flavor of the pattern says of repetitions and references.</param>
    /// <param name="source">The pattern's text.</param>
    /// <param name="groupCount">How many groups it has.</param>
    /// <param name="groupNames">The numbers of the named ones.</param>
    internal static PatternProgram Compile(PatternNode root, PatternRules rules, string source, int groupCount, IReadOnlyDictionary<string, int> groupNames)
    {
        var compiler = new PatternCompiler(rules);
        compiler.Emit(root, back: false);
        compiler.Add(PatternOp.Match);
        var shape = new PatternShape(root);
        int[]? branches = null;
        if (compiler.remembers)
        {
            branches = new int[compiler.code.Count];
            foreach (var (at, number) in compiler.branches) branches[at] = number;
        }

        return new PatternProgram
        {
            Source = source,
            Code = [.. compiler.code],
            Sets = [.. compiler.sets],
            Literals = [.. compiler.literals],
            GroupCount = groupCount,
            GroupNames = groupNames,
            RegisterCount = compiler.registers,
            Prefix = shape.Prefix,
            First = shape.First,
            IsAnchored = shape.IsAnchored,
            IsCodePoints = rules.CodePoints,
            Branches = branches,
            BranchCount = compiler.branchLoops.Count - 1,
            BranchLoops = [.. compiler.branchLoops],
        };
    }

    void Add(PatternOp op, params ReadOnlySpan<int> operands)
    {
        code.Add((int)op);
        code.AddRange(operands);
    }

    // Adds an operation whose last operand is filled in later.
    int AddOpen(PatternOp op, params ReadOnlySpan<int> operands)
    {
        Add(op, operands);
        code.Add(-1);
        return code.Count - 1;
    }

    void Close(int operand) => code[operand] = code.Count;

    int SetIndex(CharSet set)
    {
        var at = sets.IndexOf(set);
        if (at >= 0) return at;
        sets.Add(set);
        return sets.Count - 1;
    }

    void Emit(PatternNode node, bool back)
    {
        switch (node)
        {
            case Set set: EmitSet(set.Characters, back); break;
            case Sequence sequence: EmitSequence(sequence.Items, back); break;
            case Choice choice: EmitChoice(choice.Items, back); break;
            case Group group:
                Add(PatternOp.Save, (2 * group.Number) + (back ? 1 : 0));
                Emit(group.Body, back);
                Add(PatternOp.Save, (2 * group.Number) + (back ? 0 : 1));
                break;
            case Repeat { Kind: RepeatKind.Possessive } repeat: Emit(new Atomic(repeat with { Kind = RepeatKind.Greedy }), back); break;
            case Repeat repeat: EmitRepeat(repeat, back); break;
            case Assert assert: Add(PatternOp.Assert, (int)assert.Kind); break;
            case Look look: EmitAlone(AddOpen(PatternOp.Look, look.Negated ? 1 : 0), look.Body, look.Behind); break;
            case Atomic atomic: EmitAlone(AddOpen(PatternOp.Atomic), atomic.Body, back); break;
            case Backreference reference:
                remembers = false;
                Add(PatternOp.Backreference, reference.Number, !reference.IgnoreCase ? 0 : rules.AsciiCases ? 2 : 1, back ? 1 : 0, rules.UnsetReferenceMatches ? 1 : 0);
                break;
        }
    }

    // What is matched on its own succeeds without the rest, so that having been at a place says nothing of having failed there.
    void EmitAlone(int end, PatternNode body, bool back)
    {
        alone++;
        Emit(body, back);
        Add(PatternOp.Match);
        alone--;
        Close(end);
    }

    void EmitSet(CharSet set, bool back)
    {
        var only = set.Only;
        var isUnit = only is >= 0 and < 0xD800 or > 0xDFFF and <= char.MaxValue || (only >= 0 && only <= char.MaxValue && !rules.CodePoints);
        if (isUnit) Add(back ? PatternOp.UnitBack : PatternOp.Unit, only);
        else Add(back ? PatternOp.SetBack : PatternOp.Set, SetIndex(set));
    }

    void EmitSequence(IReadOnlyList<PatternNode> items, bool back)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var length = back ? 0 : PatternShape.LiteralLength(items, i);
            if (length > 1)
            {
                literals.Add(PatternShape.Literal(items, i, length));
                Add(PatternOp.Literal, literals.Count - 1);
                i += length - 1;
                continue;
            }

            Emit(back ? items[items.Count - 1 - i] : items[i], back);
        }
    }

    void EmitChoice(IReadOnlyList<PatternNode> items, bool back)
    {
        var ends = new List<int>();
        for (var i = 0; i < items.Count - 1; i++)
        {
            var other = Split();
            Emit(items[i], back);
            ends.Add(AddOpen(PatternOp.Jump));
            Close(other);
        }

        Emit(items[^1], back);
        foreach (var end in ends) Close(end);
    }

    // Continues behind itself first, and at the operand it gives back, still open, when that fails.
    int Split()
    {
        Remember(code.Count);
        return AddOpen(PatternOp.Split, code.Count + 3);
    }

    void Remember(int at)
    {
        if (alone > 0 || openLoops.Count > MostLoops) return;
        branchLoops.Add([.. openLoops]);
        branches.Add((at, branchLoops.Count - 1));
    }

    void EmitRepeat(Repeat repeat, bool back)
    {
        if (repeat.Most == 0) return;
        var greed = (int)repeat.Kind;
        if (repeat.Body is Set { Characters: var set } && !back)
        {
            Remember(code.Count);
            Add(PatternOp.SetLoop, SetIndex(set), repeat.Least, repeat.Most ?? int.MaxValue, greed);
            return;
        }

        var copies = (long)Math.Max(repeat.Least, repeat.Most ?? repeat.Least + 1);
        if (copies * PatternShape.Size(repeat.Body) > LargestCopy && copies > 1)
        {
            EmitCounted(repeat, back);
            return;
        }

        for (var i = 0; i < repeat.Least; i++) EmitIteration(repeat, back);
        if (repeat.Most is null)
        {
            var start = code.Count;
            var exit = BranchOf(repeat);
            EmitChecked(repeat, back, -1);
            Add(PatternOp.Jump, start);
            Close(exit);
            return;
        }

        var exits = new List<int>();
        for (var i = repeat.Least; i < repeat.Most; i++)
        {
            exits.Add(BranchOf(repeat));
            if (rules.EmptyIterationEnds) EmitIteration(repeat, back);
            else EmitChecked(repeat, back, -1);
        }

        foreach (var exit in exits) Close(exit);
    }

    // A branch between the body, which follows, and the exit, whose operand it gives back.
    int BranchOf(Repeat repeat)
    {
        if (repeat.Kind == RepeatKind.Greedy) return Split();
        Remember(code.Count);
        Add(PatternOp.Split, -1, code.Count + 3);
        return code.Count - 2;
    }

    void EmitIteration(Repeat repeat, bool back)
    {
        if (rules.ForgetsGroups && repeat.FirstGroup < repeat.EndGroup) Add(PatternOp.Clear, 2 * repeat.FirstGroup, 2 * repeat.EndGroup);
        Emit(repeat.Body, back);
    }

    // An iteration that need not be: one that matches nothing would be made for ever.
    void EmitChecked(Repeat repeat, bool back, int counter)
    {
        if (PatternShape.MinWidth(repeat.Body) > 0)
        {
            EmitIteration(repeat, back);
            return;
        }

        var register = registers++;
        Add(PatternOp.LoopStart, register);
        openLoops.Add(register);
        EmitIteration(repeat, back);
        openLoops.RemoveAt(openLoops.Count - 1);
        // Where an empty iteration ends the loop instead of failing, the exit is what follows the jump back.
        Add(PatternOp.LoopCheck, register, counter, repeat.Least, rules.EmptyIterationEnds ? code.Count + 7 : -1);
    }

    void EmitCounted(Repeat repeat, bool back)
    {
        // What such a loop does next depends on its count.
        remembers = false;
        var counter = registers++;
        Add(PatternOp.Load, counter, 0);
        var start = code.Count;
        Add(PatternOp.Count, counter, repeat.Least, repeat.Most ?? int.MaxValue, (int)repeat.Kind);
        var exit = code.Count;
        code.Add(-1);
        EmitChecked(repeat, back, counter);
        Add(PatternOp.Jump, start);
        Close(exit);
    }
}
