using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Asl.Drawing;
using Orkestra.Asl.Drawing.Layout;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed class SvgGraphTests
{
    const double Tolerance = 0.5;

    /// <summary>Graphs with many ways between few states: ways that cross, lead back, lead to the same state, and nest.</summary>
    static readonly Gen<StateMachine> Tangle =
        from count in Gen.Int[1, 40]
        from ways in Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, count - 1], Gen.Int[0, 3], Gen.Int[0, 60]).Array[0, count * 3]
        from nested in Gen.Int[0, 3]
        select Machine(count, ways, nested);

    [Fact]
    public void Nothing_overlaps_in_tangled_graphs() => Tangle.Sample(machine => CheckPlaces(machine), iter: 40);

    [Fact]
    public void Nothing_overlaps_in_documents_of_every_form() => Documents.Machine.Sample(machine => CheckPlaces(machine), iter: 500);

    [Fact]
    public void Nothing_overlaps_in_real_definitions()
    {
        var drawn = 0;
        foreach (var (_, data) in ConformanceData.Cases("definitions/*.json"))
        {
            if (data["definition"] is not JsonObject definition) continue;
            CheckPlaces(AslReader.Read(definition.ToJson()).Document!);
            drawn++;
        }

        drawn.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_large_document_is_drawn_completely()
    {
        var random = new Random(7);
        var ways = Enumerable.Range(0, 450).Select(i => (i * 2 / 3, Math.Clamp((i * 2 / 3) + random.Next(-6, 12), 0, 299), random.Next(4), 20)).ToArray();
        var machine = Machine(300, ways, nested: 2);
        CheckPlaces(machine);
        XDocument.Parse(SvgGraph.Write(machine)).Descendants().Count(element => (string?)element.Attribute("data-state") is not null).ShouldBeGreaterThanOrEqualTo(300);
    }

    [Fact]
    public void The_same_document_gives_the_same_image() => Tangle.Sample(machine => SvgGraph.Write(machine) == SvgGraph.Write(machine), iter: 50);

    [Fact]
    public void Text_cannot_break_out_of_the_image() => Gen.String.Array[1, 6].Sample(
        names =>
        {
            var states = names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => (State)new TaskState { Resource = name, Comment = name, Next = name });
            var machine = new StateMachine { StartAt = names[0], Comment = names[0], States = new EquatableMap<State>(states) };
            var image = XDocument.Parse(SvgGraph.Write(machine));
            image.Descendants().Select(element => element.Name.LocalName).Distinct().Except(["svg", "title", "style", "rect", "g", "path", "text"]).ShouldBeEmpty();
        },
        iter: 500);

    [Fact]
    public void Links_marks_and_the_path_taken_are_drawn()
    {
        var machine = AslReader.Parse("""{"StartAt":"a","States":{"a":{"Type":"Pass","Next":"b"},"b":{"Type":"Pass","End":true}}}""");
        var image = SvgGraph.Write(machine, new SvgGraphOptions
        {
            HasStyle = false,
            MarkState = name => name == "a" ? new SvgStateMark("failed", "failed", "3") : null,
            IsTaken = (from, to, _) => (from, to) == ("a", "b"),
            LinkOf = name => $"?state={name}&x=\"",
            Selected = "a",
        });
        image.ShouldContain("""class="ork-state ork-pass is-failed is-selected" data-state="a"><a href="?state=a&amp;x=&quot;"><title>a: failed</title>""");
        image.ShouldContain(">3</text>");
        image.Split("is-taken").Length.ShouldBe(2);
        image.ShouldNotContain("<style>");
    }

    static StateMachine Machine(int count, (int From, int To, int Kind, int Label)[] ways, int nested)
    {
        var states = new List<(string, State)>();
        for (var i = 0; i < count; i++)
        {
            var leaving = ways.Where(way => way.From == i).ToArray();
            states.Add((Name(i), leaving.Length switch
            {
                0 => new SucceedState(),
                1 when leaving[0].Kind != 3 => new PassState { Next = Name(leaving[0].To) },
                _ when leaving[0].Kind == 0 && nested > 0 => new ParallelState
                {
                    Branches = new EquatableList<Branch>([.. Enumerable.Range(0, leaving[0].Label % 4 + 1).Select(part =>
                    {
                        var inner = Machine(part + 2, [.. ways.Take(part + 4).Select(way => (way.From % (part + 2), way.To % (part + 2), way.Kind, way.Label))], nested - 1);
                        return new Branch { StartAt = inner.StartAt, States = inner.States };
                    })]),
                    Next = Name(leaving[0].To),
                    Catch = Catchers(leaving),
                },
                _ when leaving[0].Kind == 1 => new TaskState { Resource = "r", Next = Name(leaving[0].To), Catch = Catchers(leaving) },
                _ => new ChoiceState
                {
                    Choices = new EquatableList<ChoiceRule>([.. leaving.Skip(1).Select(way => (ChoiceRule)new ConditionRule
                    {
                        Condition = new string('x', way.Label), Comment = way.Label % 2 == 0 ? null : string.Join(' ', Enumerable.Repeat("word", way.Label / 4)), Next = Name(way.To),
                    })]),
                    Default = Name(leaving[0].To),
                },
            }));
        }

        return new StateMachine { StartAt = Name(0), States = new EquatableMap<State>(states) };

        static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "ReadTheOrdersOfTheCustomer" : "State")} {i}");

        static EquatableList<Catcher> Catchers((int From, int To, int Kind, int Label)[] leaving) =>
            new([.. leaving.Skip(1).Select(way => new Catcher { ErrorEquals = new EquatableList<string>([new string('E', way.Label + 1)]), Next = Name(way.To) })]);
    }

    static void CheckPlaces(StateMachine machine)
    {
        foreach (var hasMarks in (ReadOnlySpan<bool>)[false, true]) CheckLevel(new GraphDrawing(hasMarks).Draw(machine));
    }

    static void CheckLevel(DrawnLevel level)
    {
        var boxes = level.States.Select(state => (Of: (object)state, Place: new Area(state.Left, state.Y, state.Right, state.Bottom))).ToList();
        boxes.AddRange(level.Ways.Where(way => way.Label is not null).Select(way => ((object)way, new Area(way.Label!.Left, way.Label.Y, way.Label.Right, way.Label.Bottom))));
        for (var i = 0; i < boxes.Count; i++)
        {
            var place = boxes[i].Place;
            (place.Left >= -Tolerance && place.Top >= -Tolerance && place.Right <= level.Width + Tolerance && place.Bottom <= level.Height + Tolerance).ShouldBeTrue("A box is outside of its level.");
            for (var j = 0; j < i; j++)
            {
                if (place.Overlaps(boxes[j].Place)) Assert.Fail($"{place} and {boxes[j].Place} overlap.");
            }
        }

        foreach (var way in level.Ways) CheckWay(way, boxes);
        foreach (var state in level.States) CheckInside(state);
    }

    static void CheckWay(DrawnWay way, List<(object Of, Area Place)> boxes)
    {
        var (start, end) = (way.Path[0].From, way.Path[^1].To);
        start.Y.ShouldBe(way.From.Bottom, Tolerance);
        end.Y.ShouldBe(way.To.Y, Tolerance);
        (start.X > way.From.Left && start.X < way.From.Right && end.X > way.To.Left && end.X < way.To.Right).ShouldBeTrue("A way leaves or reaches a box at its border.");
        for (var i = 1; i < way.Path.Count; i++) way.Path[i].From.ShouldBe(way.Path[i - 1].To);
        foreach (var piece in way.Path)
        {
            // A curve stays within the rectangle of its four points.
            Point[] points = [piece.From, piece.FirstControl ?? piece.From, piece.SecondControl ?? piece.To, piece.To];
            var around = new Area(points.Min(point => point.X), points.Min(point => point.Y), points.Max(point => point.X), points.Max(point => point.Y));
            foreach (var (of, place) in boxes)
            {
                if (ReferenceEquals(of, way) || !place.Touches(around)) continue;
                for (var t = 0.0; t <= 1; t += 0.05) place.Contains(piece.At(t)).ShouldBeFalse();
            }
        }
    }

    static void CheckInside(DrawnState state)
    {
        var top = state.Levels.Count == 0 ? 0 : GraphDrawing.HeaderHeight(state.Lines);
        var areas = state.Levels.Select(level => new Area(level.X, level.Y, level.X + level.OuterWidth, level.Y + level.OuterHeight)).ToArray();
        for (var i = 0; i < areas.Length; i++)
        {
            (areas[i].Left >= 0 && areas[i].Top >= top && areas[i].Right <= state.Width && areas[i].Bottom <= state.Height).ShouldBeTrue("A level is outside of its box.");
            for (var j = 0; j < i; j++) areas[i].Overlaps(areas[j]).ShouldBeFalse();
        }

        foreach (var line in state.Lines) TextMetrics.WidthOf(line, GraphDrawing.NameSize).ShouldBeLessThanOrEqualTo(state.Width);
        foreach (var level in state.Levels) CheckLevel(level);
    }

    readonly record struct Area(double Left, double Top, double Right, double Bottom)
    {
        internal bool Overlaps(Area other) => Left < other.Right - Tolerance && other.Left < Right - Tolerance && Top < other.Bottom - Tolerance && other.Top < Bottom - Tolerance;

        internal bool Touches(Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        internal bool Contains(Point point) => point.X > Left + Tolerance && point.X < Right - Tolerance && point.Y > Top + Tolerance && point.Y < Bottom - Tolerance;
    }
}
