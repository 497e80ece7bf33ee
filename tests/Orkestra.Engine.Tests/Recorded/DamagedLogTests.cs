using CsCheck;
using Orkestra.Engine.Signals;
using Orkestra.Hosting;
using Xunit;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>Recorded signal files, damaged: reading refuses with FormatException, and replaying with <see cref="ExecutionReplayException"/>, or both succeed.</summary>
public sealed class DamagedLogTests(ITestOutputHelper output)
{
    static readonly (RecordedFolder Folder, string[] Lines)[] Logs =
    [
        .. Directory.GetDirectories(RecordedFolder.Root, "v*").SelectMany(Directory.GetDirectories).Order(StringComparer.Ordinal)
            .Where(path => !path.EndsWith("long-loop", StringComparison.Ordinal) && !path.EndsWith("large-evaluations", StringComparison.Ordinal))
            .Select(path => new RecordedFolder(path))
            .SelectMany(folder => folder.Executions.Select(execution => (folder, folder.SignalLines(execution)))),
    ];

    static readonly string[] AllLines = [.. Logs.SelectMany(log => log.Lines)];

    static readonly string[] Numbers = ["-1", "0", "1", "2", "3", "7", "2147483647", "-2147483648", "9223372036854775807", "4294967296", "1.5", "1e400", "null", "true", "\"x\"", "[]", "{}"];

    static readonly Gen<Damage> Damages =
        from kind in Gen.Enum<DamageKind>()
        from line in Gen.Int[0, int.MaxValue]
        from other in Gen.Int[0, int.MaxValue]
        from place in Gen.Int[0, int.MaxValue]
        select new Damage(kind, line, other, place);

    [Fact]
    public void A_damaged_log_is_refused_with_an_error_that_says_so()
    {
        var (replayed, unread, refused) = (0, 0, 0);
        Gen.Select(Gen.Int[0, Logs.Length - 1], Damages.List[1, 3]).Sample(
            (log, damages) =>
            {
                var lines = Logs[log].Lines.ToList();
                foreach (var damage in damages) Apply(damage, lines);
                ExecutionSignal[] signals;
                try
                {
                    signals = RecordedFolder.Read(lines);
                }
                catch (FormatException)
                {
                    unread++;
                    return;
                }

                try
                {
                    var plan = Logs[log].Folder.PlanOf(RecordedFolder.Read(Logs[log].Lines[..1])[0].Start!);
                    var execution = new Execution(plan);
                    Hosting.Running.Replay.Apply(execution, signals, dropsHistory: false);
                    // What is open then can be asked for.
                    RecordedState.Of(execution);
                    replayed++;
                }
                catch (ExecutionReplayException)
                {
                    refused++;
                }
            },
            time: (int)Math.Ceiling(Settings.FuzzTime(5).TotalSeconds),
            threads: 1,
            print: trial => $"{trial.Item1}: {string.Join(", ", trial.Item2)}\n{string.Join('\n', Logs[trial.Item1].Lines)}");
        output.WriteLine($"{replayed} damaged logs replayed, {unread} could not be read, {refused} were refused");
    }

    static void Apply(Damage damage, List<string> lines)
    {
        if (lines.Count == 0) return;
        var index = damage.Line % lines.Count;
        var other = damage.Other % lines.Count;
        var line = lines[index];
        switch (damage.Kind)
        {
            case DamageKind.Drop:
                lines.RemoveAt(index);
                break;
            case DamageKind.Duplicate:
                lines.Insert(other, line);
                break;
            case DamageKind.Swap:
                (lines[index], lines[other]) = (lines[other], line);
                break;
            case DamageKind.Foreign:
                lines.Insert(index, AllLines[damage.Other % AllLines.Length]);
                break;
            case DamageKind.Truncate:
                lines[index] = line[..(damage.Place % (line.Length + 1))];
                break;
            case DamageKind.Character:
                if (line.Length > 0) lines[index] = string.Concat(line.AsSpan(0, damage.Place % line.Length), ((char)(damage.Other % 95 + 32)).ToString(), line.AsSpan(damage.Place % line.Length + 1));
                break;
            case DamageKind.Kind:
                var kinds = Enum.GetNames<ExecutionSignalKind>();
                lines[index] = Replace(line, "\"kind\":\"", '"', kinds[damage.Other % kinds.Length]);
                break;
            case DamageKind.Number:
                string[] members = ["ticks", "slot", "generation", "index", "v", "redrives", "started", "stopped", "maxHistoryEvents", "maxPayloadBytes", "maxExpressTicks", "maxStandardTicks"];
                lines[index] = ReplaceNumber(line, members[damage.Place % members.Length], Numbers[damage.Other % Numbers.Length]);
                break;
            case DamageKind.State:
                lines[index] = Replace(line, "\"state\":\"", '"', damage.Other % 2 == 0 ? "Work" : "");
                break;
            case DamageKind.Member:
                string[] names = ["slot", "generation", "state", "value", "error", "cause", "child", "start", "index", "ticks", "definition", "parent", "input"];
                lines[index] = line.Replace($"\"{names[damage.Place % names.Length]}\":", $"\"{names[damage.Other % names.Length]}\":", StringComparison.Ordinal);
                break;
            default:
                var values = AllLines[damage.Other % AllLines.Length];
                var at = values.IndexOf("\"value\":", StringComparison.Ordinal);
                var own = line.IndexOf("\"value\":", StringComparison.Ordinal);
                if (at > 0 && own > 0) lines[index] = string.Concat(line.AsSpan(0, own), values.AsSpan(at));
                break;
        }
    }

    static string Replace(string line, string before, char after, string by)
    {
        var start = line.IndexOf(before, StringComparison.Ordinal);
        if (start < 0) return line;
        start += before.Length;
        var end = line.IndexOf(after, start);
        return end < 0 ? line : string.Concat(line.AsSpan(0, start), by, line.AsSpan(end));
    }

    static string ReplaceNumber(string line, string member, string by)
    {
        var start = line.IndexOf($"\"{member}\":", StringComparison.Ordinal);
        if (start < 0) return line;
        start += member.Length + 3;
        var end = line.AsSpan(start).IndexOfAny(',', '}');
        return end < 0 ? line : string.Concat(line.AsSpan(0, start), by, line.AsSpan(start + end));
    }

    enum DamageKind
    {
        Drop,
        Duplicate,
        Swap,
        Foreign,
        Truncate,
        Character,
        Kind,
        Number,
        State,
        Member,
        Value,
    }

    sealed record Damage(DamageKind Kind, int Line, int Other, int Place);
}
