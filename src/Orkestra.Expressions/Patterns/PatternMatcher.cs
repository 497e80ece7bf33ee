using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>
/// Runs a <see cref="PatternProgram"/> by backtracking, with a stack of its own. When a search takes long, it remembers at which places which branch has failed and does not try it there
/// again: the time is then at most the length of the text times that of the pattern, as long as there are no references to groups.
/// </summary>
internal sealed class PatternMatcher
{
    const int StepsBetweenReports = 1024;
    const int StepsBeforeRemembering = 10_000;
    const long MostRemembered = 1L << 28;
    const int EntrySize = 4;
    const int FirstStack = 256 * EntrySize;

    // Kinds of entries of the stack.
    const int Branch = 0;
    const int Place = 1;
    const int Register = 2;
    const int GreedyRange = 3;
    const int LazyRange = 4;

    [ThreadStatic]
    static PatternMatcher? idle;

    int[] stack = new int[FirstStack];
    int top;
    int[] places = new int[16];
    int[] registers = new int[8];
    ulong[] failed = [];
    int[] rows = [];
    bool remembering;
    PatternProgram program = null!;
    string text = "";
    int[] code = [];
    IWorkMeter meter = null!;
    int steps;
    long reported;

    /// <summary>A matcher for one search on this thread.</summary>
    internal static Lease Rent()
    {
        var matcher = idle ?? new PatternMatcher();
        idle = null;
        return new Lease(matcher);
    }

    /// <summary>The places of the first match from an offset on, until the next search; null when there is none.</summary>
    internal int[]? Search(PatternProgram searched, string subject, int from, IWorkMeter counter)
    {
        program = searched;
        text = subject;
        code = searched.Code;
        meter = counter;
        top = 0;
        steps = 0;
        reported = 0;
        remembering = false;
        var slots = 2 * (searched.GroupCount + 1);
        if (places.Length != slots) places = new int[slots];
        Array.Fill(places, -1);
        if (registers.Length < searched.RegisterCount) registers = new int[searched.RegisterCount];
        for (var start = from; start <= subject.Length; start++)
        {
            if (searched.IsAnchored && start > 0) break;
            if (!SkipTo(ref start)) break;
            var end = Run(0, start);
            if (end < 0) continue;
            Report();
            places[0] = start;
            places[1] = end;
            return places;
        }

        Report();
        return null;
    }

    // Goes on to the next place where a match can begin.
    bool SkipTo(ref int start)
    {
        steps++;
        if (program.Prefix.Length > 0)
        {
            var found = text.AsSpan(start).IndexOf(program.Prefix, StringComparison.Ordinal);
            steps += (found < 0 ? text.Length - start : found) >> 4;
            if (steps >= StepsBetweenReports) Report();
            start += Math.Max(0, found);
            return found >= 0;
        }

        if (program.First is not { } first) return true;
        var from = start;
        while (start < text.Length && !first.Contains(CharacterAt(start))) start++;
        steps += (start - from) >> 2;
        if (steps >= StepsBetweenReports) Report();
        return start < text.Length;
    }

    int CharacterAt(int at) =>
        program.IsCodePoints && char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    int CharacterBefore(int at) =>
        program.IsCodePoints && at > 1 && char.IsLowSurrogate(text[at - 1]) && char.IsHighSurrogate(text[at - 2]) ? char.ConvertToUtf32(text[at - 2], text[at - 1]) : text[at - 1];

    static int Width(int character) => character > char.MaxValue ? 2 : 1;

    /// <summary>Runs from an operation at a place. Gives where the match ends, or -1 when all that was tried has failed; then all is as it was.</summary>
    int Run(int pc, int at)
    {
        var floor = top;
        while (true)
        {
            if (++steps >= StepsBetweenReports) Report();
            var advances = (PatternOp)code[pc] switch
            {
                PatternOp.Match => false,
                PatternOp.Unit => Unit(ref pc, ref at),
                PatternOp.Set => Set(ref pc, ref at),
                PatternOp.Literal => Literal(ref pc, ref at),
                PatternOp.Jump => Jump(ref pc),
                PatternOp.Split => Split(ref pc, at),
                PatternOp.SetLoop => SetLoop(ref pc, ref at),
                PatternOp.Save => Save(ref pc, at),
                _ => Other(ref pc, ref at),
            };
            if (advances) continue;
            if (code[pc] == (int)PatternOp.Match) return at;
            if (!Backtrack(floor, ref pc, ref at)) return -1;
        }
    }

    bool Other(ref int pc, ref int at)
    {
        switch ((PatternOp)code[pc])
        {
            case PatternOp.UnitBack:
                if (at == 0 || text[at - 1] != code[pc + 1]) return false;
                at--;
                pc += 2;
                return true;
            case PatternOp.SetBack:
                if (at == 0 || CharacterBefore(at) is var before && !program.Sets[code[pc + 1]].Contains(before)) return false;
                at -= Width(before);
                pc += 2;
                return true;
            case PatternOp.Clear:
                for (var slot = code[pc + 1]; slot < code[pc + 2]; slot++) SetPlace(slot, -1);
                pc += 3;
                return true;
            case PatternOp.Load:
                SetRegister(code[pc + 1], code[pc + 2]);
                pc += 3;
                return true;
            case PatternOp.LoopStart:
                SetRegister(code[pc + 1], at);
                pc += 2;
                return true;
            case PatternOp.LoopCheck: return LoopCheck(ref pc, at);
            case PatternOp.Count: return Count(ref pc, at);
            case PatternOp.Assert:
                if (!PatternConditions.Holds((Assertion)code[pc + 1], text, at)) return false;
                pc += 2;
                return true;
            case PatternOp.Backreference: return Backreference(ref pc, ref at);
            case PatternOp.Look: return Look(ref pc, at);
            default: return Atomic(ref pc, ref at);
        }
    }

    bool Unit(ref int pc, ref int at)
    {
        if (at >= text.Length || text[at] != code[pc + 1]) return false;
        at++;
        pc += 2;
        return true;
    }

    bool Set(ref int pc, ref int at)
    {
        if (at >= text.Length || CharacterAt(at) is var character && !program.Sets[code[pc + 1]].Contains(character)) return false;
        at += Width(character);
        pc += 2;
        return true;
    }

    bool Literal(ref int pc, ref int at)
    {
        var literal = program.Literals[code[pc + 1]];
        if (!text.AsSpan(at).StartsWith(literal, StringComparison.Ordinal)) return false;
        steps += literal.Length >> 4;
        at += literal.Length;
        pc += 2;
        return true;
    }

    bool Jump(ref int pc)
    {
        pc = code[pc + 1];
        return true;
    }

    bool Split(ref int pc, int at)
    {
        if (remembering && WasTried(pc, at)) return false;
        Push(at, code[pc + 2], 0, Branch);
        pc = code[pc + 1];
        return true;
    }

    bool Save(ref int pc, int at)
    {
        SetPlace(code[pc + 1], at);
        pc += 2;
        return true;
    }

    bool LoopCheck(ref int pc, int at)
    {
        var counter = code[pc + 2];
        var isEmpty = registers[code[pc + 1]] == at && (counter < 0 || registers[counter] > code[pc + 3]);
        if (isEmpty && code[pc + 4] < 0) return false;
        pc = isEmpty ? code[pc + 4] : pc + 5;
        return true;
    }

    bool Count(ref int pc, int at)
    {
        var count = registers[code[pc + 1]];
        var (body, exit) = (pc + 6, code[pc + 5]);
        if (count >= code[pc + 3])
        {
            pc = exit;
            return true;
        }

        if (count >= code[pc + 2])
        {
            if ((RepeatKind)code[pc + 4] == RepeatKind.Lazy)
            {
                // To be counted when it is taken: the operation is run again then, behind its own test.
                Push(at, pc, count, LazyRange);
                pc = exit;
                return true;
            }

            Push(at, exit, 0, Branch);
        }

        SetRegister(code[pc + 1], count + 1);
        pc = body;
        return true;
    }

    bool SetLoop(ref int pc, ref int at)
    {
        var set = program.Sets[code[pc + 1]];
        var (least, most) = (code[pc + 2], code[pc + 3]);
        var isLazy = (RepeatKind)code[pc + 4] == RepeatKind.Lazy;
        var wanted = isLazy ? least : most;
        var from = at;
        var to = at;
        var first = at;
        var count = 0;
        while (count < wanted && to < text.Length && CharacterAt(to) is var character && set.Contains(character))
        {
            to += Width(character);
            if (++count == least) first = to;
        }

        steps += (to - from) >> 2;
        if (count < least) return false;
        if (isLazy)
        {
            if (count < most) Push(to, pc, count, LazyRange);
        }
        else if (to > first)
        {
            Push(first, pc, to, GreedyRange);
        }

        if (remembering && WasTried(pc, to)) return false;
        at = to;
        pc += 5;
        return true;
    }

    bool Backtrack(int floor, ref int pc, ref int at)
    {
        while (top > floor)
        {
            top -= EntrySize;
            var (first, second, third) = (stack[top], stack[top + 1], stack[top + 2]);
            switch (stack[top + 3])
            {
                case Branch:
                    at = first;
                    pc = second;
                    return true;
                case Place: places[second] = first; break;
                case Register: registers[second] = first; break;
                case GreedyRange:
                    var end = third - Width(CharacterBefore(third));
                    if (end > first) Push(first, second, end, GreedyRange);
                    if (++steps >= StepsBetweenReports) Report();
                    if (remembering && WasTried(second, end)) break;
                    at = end;
                    pc = second + 5;
                    return true;
                default:
                    if ((PatternOp)code[second] == PatternOp.Count)
                    {
                        SetRegister(code[second + 1], third + 1);
                        at = first;
                        pc = second + 6;
                        return true;
                    }

                    if (first >= text.Length || CharacterAt(first) is var character && !program.Sets[code[second + 1]].Contains(character)) break;
                    var next = first + Width(character);
                    if (third + 1 < code[second + 3]) Push(next, second, third + 1, LazyRange);
                    if (++steps >= StepsBetweenReports) Report();
                    if (remembering && WasTried(second, next)) break;
                    at = next;
                    pc = second + 5;
                    return true;
            }
        }

        return false;
    }

    bool Look(ref int pc, int at)
    {
        var mark = top;
        var matches = Run(pc + 3, at) >= 0;
        var isNegated = code[pc + 1] == 1;
        if (matches) Commit(mark, undo: isNegated);
        if (matches == isNegated) return false;
        pc = code[pc + 2];
        return true;
    }

    bool Atomic(ref int pc, ref int at)
    {
        var mark = top;
        var end = Run(pc + 2, at);
        if (end < 0) return false;
        Commit(mark, undo: false);
        at = end;
        pc = code[pc + 1];
        return true;
    }

    // Drops the branches above a mark. What was set stays and can still be undone, or is undone at once.
    void Commit(int mark, bool undo)
    {
        if (undo)
        {
            while (top > mark)
            {
                top -= EntrySize;
                if (stack[top + 3] == Place) places[stack[top + 1]] = stack[top];
                else if (stack[top + 3] == Register) registers[stack[top + 1]] = stack[top];
            }

            return;
        }

        var kept = mark;
        for (var entry = mark; entry < top; entry += EntrySize)
        {
            if (stack[entry + 3] is not (Place or Register)) continue;
            stack.AsSpan(entry, EntrySize).CopyTo(stack.AsSpan(kept));
            kept += EntrySize;
        }

        steps += (top - mark) / EntrySize;
        top = kept;
    }

    bool Backreference(ref int pc, ref int at)
    {
        var group = code[pc + 1];
        var (start, end) = (places[2 * group], places[(2 * group) + 1]);
        if (start < 0 || end < 0)
        {
            if (code[pc + 4] == 0) return false;
            pc += 5;
            return true;
        }

        var length = end - start;
        var from = code[pc + 3] == 1 ? at - length : at;
        if (from < 0 || from + length > text.Length) return false;
        steps += length >> 2;
        if (!PatternConditions.AreSame(text.AsSpan(start, length), text.AsSpan(from, length), code[pc + 2])) return false;
        at = code[pc + 3] == 1 ? from : from + length;
        pc += 5;
        return true;
    }

    void SetPlace(int slot, int value)
    {
        if (places[slot] == value) return;
        Push(places[slot], slot, 0, Place);
        places[slot] = value;
    }

    void SetRegister(int register, int value)
    {
        Push(registers[register], register, 0, Register);
        registers[register] = value;
    }

    void Push(int first, int second, int third, int kind)
    {
        if (top == stack.Length) Grow();
        stack[top] = first;
        stack[top + 1] = second;
        stack[top + 2] = third;
        stack[top + 3] = kind;
        top += EntrySize;
    }

    void Grow()
    {
        meter.CheckScratch(stack.Length * 8L);
        Array.Resize(ref stack, stack.Length * 2);
    }

    void Report()
    {
        meter.Step(steps);
        reported += steps;
        steps = 0;
        if (!remembering && reported > StepsBeforeRemembering && program.Branches is not null) Remember();
    }

    void Remember()
    {
        var count = 0L;
        rows = new int[program.BranchCount + 1];
        for (var i = 1; i < rows.Length; i++)
        {
            rows[i] = (int)count;
            count += 1L << program.BranchLoops[i].Length;
        }

        var bits = count * (text.Length + 1L);
        if (count == 0 || bits > MostRemembered) return;
        meter.CheckScratch(bits / 8);
        failed = new ulong[(bits / 64) + 1];
        remembering = true;
    }

    // A branch that is met again at the same place was tried there, in vain: success would have ended the search.
    bool WasTried(int pc, int at)
    {
        var number = program.Branches![pc];
        if (number == 0) return false;
        var row = 0;
        foreach (var register in program.BranchLoops[number]) row = (row << 1) | (registers[register] == at ? 1 : 0);
        var bit = ((rows[number] + row) * (text.Length + 1L)) + at;
        ref var word = ref failed[bit >> 6];
        var mask = 1UL << (int)(bit & 63);
        if ((word & mask) != 0) return true;
        word |= mask;
        return false;
    }

    void Rest()
    {
        program = null!;
        text = "";
        code = [];
        meter = null!;
        failed = [];
        // A search begins with the same stack on every thread, whatever was searched before: what growing it counts must not differ.
        if (stack.Length > FirstStack) stack = new int[FirstStack];
        idle = this;
    }

    /// <summary>A matcher that is given back when the search is over.</summary>
    internal readonly ref struct Lease(PatternMatcher matcher)
    {
        internal PatternMatcher Matcher => matcher;

        public void Dispose() => matcher.Rest();
    }
}
