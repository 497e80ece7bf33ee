using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class Airflow : Workflow<DateOnly, string>
{
    static readonly Step<DateOnly, int[]> Extract = new(day => [day.Day, day.Month]);
    static readonly Step<int[], int> Transform = new(rows => rows.Sum());
    static readonly Step<int, string> Load = new(sum => $"loaded {sum}");
    static readonly Step<int, string> Notify = new(_ => throw new HttpRequestException("The mail server is down."));

    public override Flow<DateOnly, string> Define() =>
        Extract.Retry(2, TimeSpan.FromMinutes(5))
        >> Transform
        >> All(Load, Notify.Capture()).Select(results => results.Item1);   // Notify may fail
}
