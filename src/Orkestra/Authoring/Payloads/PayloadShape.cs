namespace Orkestra.Authoring.Payloads;

/// <summary>What is known at compile time about the JSON that a flow writes. Null stands for anything.</summary>
internal abstract record PayloadShape
{
    /// <summary>A value of a C# type.</summary>
    public sealed record Of(Type Type) : PayloadShape
    {
        /// <summary>Whether it is known to be of this type and of none that derives from it.</summary>
        public bool IsExact { get; init; }
    }

    /// <summary>The array of a Map.</summary>
    public sealed record ArrayOf(PayloadShape? Element) : PayloadShape;

    /// <summary>The outputs of branches.</summary>
    public sealed record TupleOf(IReadOnlyList<PayloadShape?> Items) : PayloadShape;

    /// <summary>What a flow whose errors are captured writes.</summary>
    public sealed record OutcomeOf(PayloadShape? Value) : PayloadShape;
}
