using System.Globalization;
using System.Text;

namespace Orkestra.Analyzers.Benchmarks;

/// <summary>Writes a solution of projects with workflows like those of an application: steps, payloads, expressions, branches and catches.</summary>
internal static class GeneratedSolution
{
    const int ofAProject = 20;

    public static void Write(string folder, int workflows)
    {
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), Props());
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        var solution = new StringBuilder("<Solution>\n");
        for (var project = 0; project * ofAProject < workflows; project++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Shop{project}");
            solution.Append(CultureInfo.InvariantCulture, $"  <Project Path=\"{name}/{name}.csproj\" />\n");
            var place = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            File.WriteAllText(Path.Combine(place, $"{name}.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\" />");
            for (var i = 0; i < Math.Min(ofAProject, workflows - (project * ofAProject)); i++)
                File.WriteAllText(Path.Combine(place, $"Workflow{i}.cs"), Workflow(name, i));
        }

        File.WriteAllText(Path.Combine(folder, "Generated.slnx"), solution.Append("</Solution>\n").ToString());
    }

    static string Props()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var analyzers = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Orkestra.Analyzers", configuration, "Orkestra.Analyzers.dll"));
        if (!File.Exists(analyzers)) throw new InvalidOperationException($"There is no {analyzers}: build the solution first.");
        var references = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(static file => Path.GetFileName(file) is "Orkestra.dll" or "Orkestra.Expressions.dll" or "Orkestra.Lambda.dll" or "Orkestra.CommandLine.dll")
            .Select(static file => $"    <Reference Include=\"{file}\" />");
        return $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
                <Analyzer Include="{analyzers}" Condition="'$(OrkestraAnalyzers)' == 'True'" />
              </ItemGroup>
            </Project>
            """;
    }

    static string Workflow(string project, int number) => $$"""
        using Orkestra.Authoring;

        namespace {{project}}.Workflow{{number}};

        public sealed record Order(string Id, string Email, decimal Total, bool Paid, Line[] Lines)
        {
            public string? Note { get; init; }

            public DateTimeOffset At { get; init; }
        }

        public sealed record Line(string Sku, int Count, decimal Price);

        public sealed record Parcel(string OrderId, string[] Skus, double Weight);

        public sealed record Receipt(string OrderId, decimal Total, string Text);

        public sealed class PlaceOrder : Workflow<Order, Receipt>
        {
            static readonly Step<Order, Order> CheckStock = new(order => order.Lines.Length > 0 ? order : throw new InvalidOperationException("Nothing is ordered.")) { Timeout = TimeSpan.FromSeconds(10) };
            static readonly Step<Order, Order> Charge = new(async (order, context) =>
            {
                await Task.Delay(1, context.CancellationToken);
                return order with { Paid = true };
            }) { Timeout = TimeSpan.FromSeconds(30), Retry = 2 };
            static readonly Step<Line, Line> Reserve = new(line => line with { Count = Math.Max(1, line.Count) });
            static readonly Step<Line[], Parcel> Pack = new(lines => new("{{number}}", [.. lines.Select(line => line.Sku)], lines.Sum(line => line.Count * 0.5)));
            static readonly Step<Parcel, Parcel> Ship = new(parcel => parcel);
            static readonly Step<object?, string> Notify = new(_ => "sent");
            static readonly Step<Parcel, Receipt> Print = new(parcel => new(parcel.OrderId, 1m, string.Join(", ", parcel.Skus)));
            static readonly Step<Failure, Parcel> Undo = new(failure => new(failure.Error, [], 0));

            public override Flow<Order, Receipt> Define() =>
                CheckStock
                >> Charge.Retry<TimeoutException>(3)
                >> CheckStock.When(order => order.Total > 100 && order.Note != null, Charge, CheckStock)
                >> CheckStock.Select(order => order.Lines.Where(line => line.Count > 0).ToArray())
                >> Reserve.Map(maxConcurrency: 5)
                >> (Pack.Catch<InvalidOperationException>(Undo))
                >> (Ship, Notify)
                >> Flow.Input<(Outcome<Parcel>, Outcome<string>)>().Select(both => new Parcel(both.Item1.Error ?? "none", new[] { "a" }, 1.5))
                >> Print;
        }
        """;
}
