namespace Orkestra.Mistakes.Tests;

/// <summary>A small program with a mistake. Around the parts that are given stand a few steps and a workflow.</summary>
/// <param name="Flow">What <c>Define()</c> composes.</param>
public sealed record MistakeProgram(string Flow)
{
    const string Head = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Numerics;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;
        using System.Threading;
        using System.Threading.Tasks;
        using Orkestra.Authoring;
        using Orkestra.CommandLine;
        using Orkestra.Hosting;

        """;

    const string Steps = """
        using static Given;
        public sealed record Item(string Name, decimal Price) { public int? Stock { get; init; } public DateTimeOffset At { get; init; } public string[] Tags { get; init; } = []; [JsonIgnore] public string Secret { get; init; } = ""; public bool? Checked { get; init; } }
        public static class Given
        {
            public static readonly Step<Nothing, Item> Make = new(_ => new("lamp", 3m));
            public static readonly Step<Nothing, Item[]> Many = new(_ => [new("lamp", 3m)]);
            public static readonly Step<Item, Item> AddPrice = new(item => item with { Price = 4m });
            public static readonly Step<Item, string> NameOf = new(item => item.Name);
            public static readonly Step<Item, string?> NoteOf = new(item => item.Name);
            public static readonly Step<string, int> Length = new(text => text.Length);
            public static readonly Step<int, int> Increment = new(number => number + 1);
            public static readonly Step<Outcome<string>, int> Settle = new(outcome => 1);
            public static readonly Step<object?, string> Hello = new(_ => "hello");
            public static readonly Step<object?, Nothing> Done = new(_ => default);
            public static readonly Step<Failure, Item> Undo = new(failure => new(failure.Error, 0));
            public static string Rename(Item item) => item.Name;
        }

        """;

    /// <summary>Types beside the workflow.</summary>
    public string Types { get; init; } = "";

    /// <summary>Members of the workflow.</summary>
    public string Members { get; init; } = "";

    /// <summary>What the workflow takes and gives.</summary>
    public string Ends { get; init; } = "Nothing, object?";

    /// <summary>A whole program instead of the parts.</summary>
    public string? Whole { get; init; }

    public static implicit operator MistakeProgram(string flow) => new(flow);

    public static MistakeProgram FromString(string flow) => new(flow);

    public string Text => Head + (Whole ?? $$"""
        {{Steps}}
        {{Types}}
        public sealed class Mine : Workflow<{{Ends}}>
        {
            {{Members}}
            public override Flow<{{Ends}}> Define() =>
                {{(Ends == "Nothing, object?" ? $"({Flow}).As<object?>()" : Flow)}};
        }
        """);

    /// <summary>What a reader has to see of it.</summary>
    public string Shown => Whole?.Trim() ?? string.Join('\n', ((string[])[Types, Members, Flow]).Where(static part => part.Length > 0));

    public bool IsProgram => Whole?.Contains("OrkestraHost", StringComparison.Ordinal) == true;
}
