using Orkestra.Authoring;

/// <summary>Divides by ones and zeros, one task per number, and goes on with the divisions that went well.</summary>
public sealed class MapJob : Workflow<Nothing, int>
{
    static readonly Step<Nothing, int[]> OnesAndZeros = new(_ => [1, 0, 1, 1, 0, 1, 0, 1, 1, 0]);
    static readonly Step<int, int> Divide = new(number => 12 / number);
    static readonly Step<int[], int> Sum = new(numbers => numbers.Sum());

    public override Flow<Nothing, int> Define() =>
        OnesAndZeros
        >> Divide.MapOutcomes(maxConcurrency: 5)                        // int[] -> Outcome<int>[]: a zero fails its own task only
            .Select(outcomes => outcomes.Where(outcome => outcome.IsSuccess).Select(outcome => outcome.Value).ToArray())
        >> Sum.Select(sum => sum * 3);                                  // an expression becomes JSONata: no function is called for it
}
