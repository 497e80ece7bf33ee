using System.Globalization;
using Orkestra.Asl.Drawing.Layout;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Drawing;

/// <summary>Makes the drawing of a document: boxes and labels with their sizes and places. States that contain others are placed from the inside out.</summary>
/// <param name="hasMarks">Whether boxes keep room for a mark at their right side.</param>
internal sealed class GraphDrawing(bool hasMarks)
{
    internal const double NameSize = 13;
    internal const double SmallSize = 11;
    internal const double NameLine = 17;
    internal const double SmallLine = 14;
    internal const double IconRoom = 26;
    internal const double Side = 14;
    internal const double HeaderPadding = 10;

    const double NameWidth = 210;
    const double LabelWidth = 170;
    const double LevelGap = 12;
    const double WidestRow = 1_500;
    const int NameLines = 5;
    const int LabelLines = 3;
    const double LabelPadding = 5;

    double MarkRoom => hasMarks ? 26 : 0;

    /// <summary>The outermost level: the states between the start and the end.</summary>
    internal DrawnLevel Draw(StateMachine document) => Level(document, title: null, isOutermost: true);

    DrawnLevel Level(StateGraph graph, string? title, bool isOutermost)
    {
        var states = new Dictionary<string, DrawnState>(StringComparer.Ordinal);
        foreach (var (name, state) in graph.States) states.Add(name, Box(name, state));
        var boxes = new List<DrawnState>();
        var ways = new List<DrawnWay>();
        if (isOutermost)
        {
            boxes.Add(Pill(BoxKind.Start, "Start"));
            if (graph.StartAt is { } first) ways.Add(Way(boxes[0], Find(states, first), TransitionKind.Next, []));
        }
        else if (graph.StartAt is { } first && states.TryGetValue(first, out var box))
        {
            boxes.Add(box);
        }

        foreach (var (name, state) in graph.States) AddWays(ways, states, states[name], state);
        boxes.AddRange(states.Values.Where(box => !boxes.Contains(box)));
        if (isOutermost) AddEnd(graph, boxes, ways, states);
        var (width, height) = LayeredLayout.Arrange(boxes, ways);
        return new DrawnLevel(title, boxes, ways, width, height);
    }

    static void AddEnd(StateGraph graph, List<DrawnState> boxes, List<DrawnWay> ways, Dictionary<string, DrawnState> states)
    {
        var last = graph.States.Where(pair => pair.Value.End == true || pair.Value is SucceedState).Select(pair => states[pair.Key]).ToList();
        if (last.Count == 0) return;
        var end = Pill(BoxKind.End, "End");
        boxes.Add(end);
        ways.AddRange(last.Select(state => Way(state, end, TransitionKind.Next, [])));
    }

    void AddWays(List<DrawnWay> ways, Dictionary<string, DrawnState> states, DrawnState from, State state)
    {
        if (state is ChoiceState choice)
        {
            // Several rules that lead to the same state share a way.
            foreach (var rules in choice.Choices.Where(rule => rule.Next is not null).GroupBy(rule => rule.Next!, StringComparer.Ordinal))
                ways.Add(Way(from, Find(states, rules.Key), TransitionKind.Choice, [.. rules.Select(RuleText.Describe)]));
            if (choice.Default is { } otherwise) ways.Add(Way(from, Find(states, otherwise), TransitionKind.Default, ["otherwise"]));
        }

        if (state.Next is { } next) ways.Add(Way(from, Find(states, next), TransitionKind.Next, []));
        if (state is not FallibleState fallible) return;
        foreach (var catchers in fallible.Catch.Where(catcher => catcher.Next is not null).GroupBy(catcher => catcher.Next!, StringComparer.Ordinal))
            ways.Add(Way(from, Find(states, catchers.Key), TransitionKind.Catch, [.. catchers.Select(catcher => string.Join(", ", catcher.ErrorEquals))]));
    }

    DrawnState Find(Dictionary<string, DrawnState> states, string name)
    {
        if (states.TryGetValue(name, out var known)) return known;
        var missing = Leaf(BoxKind.Missing, name, "missing");
        states.Add(name, missing);
        return missing;
    }

    static DrawnWay Way(DrawnState from, DrawnState to, TransitionKind kind, string[] labels)
    {
        var label = string.Join(" or ", labels.Where(text => text.Length > 0));
        if (label.Length == 0) return new DrawnWay(from, to, kind, [], "", 0, 0);
        var lines = TextMetrics.Wrap(label, SmallSize, LabelWidth, LabelLines);
        return new DrawnWay(from, to, kind, lines, label, lines.Max(line => TextMetrics.WidthOf(line, SmallSize)) + 2 * LabelPadding, lines.Length * SmallLine + LabelPadding);
    }

    DrawnState Box(string name, State state) => state switch
    {
        ParallelState { Branches.Count: > 0 } parallel => Container(BoxKind.Parallel, name, "Parallel", [.. parallel.Branches.Select(branch => Level(branch, title: null, isOutermost: false))]),
        MapState { Processor: { } processor } map => Container(BoxKind.Map, name, DetailOf(map, processor), [Level(processor, title: null, isOutermost: false)]),
        TaskState task => Leaf(BoxKind.Task, name, ResourceText(task.Resource)),
        PassState => Leaf(BoxKind.Pass, name, "Pass"),
        ChoiceState => Leaf(BoxKind.Choice, name, "Choice"),
        WaitState wait => Leaf(BoxKind.Wait, name, DetailOf(wait)),
        SucceedState => Leaf(BoxKind.Succeed, name, "Succeed"),
        FailState fail => Leaf(BoxKind.Fail, name, fail.Error is { } error && AsText(error) is { } text ? $"Fail: {text}" : "Fail"),
        ParallelState => Leaf(BoxKind.Parallel, name, "Parallel"),
        MapState => Leaf(BoxKind.Map, name, "Map"),
        _ => Leaf(BoxKind.Unknown, name, state.Type ?? "no type"),
    };

    static string DetailOf(MapState map, ItemProcessor processor)
    {
        var text = processor.ProcessorConfig is { IsDistributed: true } ? "Map, distributed" : "Map";
        return map.MaxConcurrency is JsonNumber { Value: > 0 } limit ? string.Create(CultureInfo.InvariantCulture, $"{text}, {limit.Value} at a time") : text;
    }

    static string DetailOf(WaitState wait)
    {
        if (AsText(wait.Seconds) is { } seconds) return $"Wait {seconds} s";
        if (AsText(wait.Timestamp) is { } time) return $"Wait until {time}";
        return (wait.SecondsPath, wait.TimestampPath) switch
        {
            ({ } path, _) => $"Wait {path} s",
            (_, { } path) => $"Wait until {path}",
            _ => "Wait",
        };
    }

    static string? AsText(object? value) => value switch
    {
        null => null,
        JsonString { Value: var text } => Plain(text),
        JsonValue other => Plain(other.ToJson()),
        _ => Plain(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };

    static string Plain(string text) => text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) && text.Length >= 4 ? text[2..^2].Trim() : text;

    // The last parts of the ARN say what is called.
    static string ResourceText(string? resource)
    {
        if (resource is null) return "Task";
        const string Integration = ":states:::";
        if (resource.IndexOf(Integration, StringComparison.Ordinal) is >= 0 and var at) return resource[(at + Integration.Length)..];
        var parts = resource.Split(':');
        return parts is ["arn", _, var service, _, _, var kind, .. var rest] && rest.Length > 0 ? $"{service} {kind} {string.Join(':', rest)}" : resource;
    }

    static DrawnState Pill(BoxKind kind, string text) => new(kind, text, [text], null, [], TextMetrics.WidthOf(text, SmallSize) + 26, 24);

    DrawnState Leaf(BoxKind kind, string name, string detail)
    {
        var (lines, small, width) = Header(name, detail);
        return new DrawnState(kind, name, lines, small, [], Math.Max(width, 110), HeaderHeight(lines));
    }

    (string[] Lines, string Detail, double Width) Header(string name, string detail)
    {
        var lines = TextMetrics.Wrap(name, NameSize, NameWidth, NameLines);
        var small = TextMetrics.Wrap(detail, SmallSize, NameWidth, 1)[0];
        var text = Math.Max(lines.Max(line => TextMetrics.WidthOf(line, NameSize)), TextMetrics.WidthOf(small, SmallSize));
        return (lines, small, Side + IconRoom + text + MarkRoom + Side);
    }

    internal static double HeaderHeight(string[] lines) => 2 * HeaderPadding + lines.Length * NameLine + SmallLine;

    DrawnState Container(BoxKind kind, string name, string detail, DrawnLevel[] levels)
    {
        var (lines, small, width) = Header(name, detail);
        var (x, y, rowHeight) = (LevelGap, HeaderHeight(lines), 0.0);
        foreach (var level in levels)
        {
            if (x > LevelGap && x + level.OuterWidth > WidestRow)
            {
                y += rowHeight + LevelGap;
                (x, rowHeight) = (LevelGap, 0);
            }

            (level.X, level.Y) = (x, y);
            x += level.OuterWidth + LevelGap;
            rowHeight = Math.Max(rowHeight, level.OuterHeight);
            width = Math.Max(width, x);
        }

        if (levels is [{ } only]) only.X = (width - only.OuterWidth) / 2;
        return new DrawnState(kind, name, lines, small, levels, width, y + rowHeight + LevelGap);
    }
}
