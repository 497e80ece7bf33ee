using Orkestra.Authoring.Compilation;

namespace Orkestra.Authoring.Queries;

/// <summary>What an expression says. It is read at once, so that mistakes are found where they are made, but not before it is asked for while a step is looked for.</summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class Unread<T>
    where T : class
{
    readonly Func<T>? read;
    T? value;

    internal Unread(T value) => this.value = value;

    internal Unread(Func<T> read)
    {
        this.read = read;
        if (!StepSearch.IsUnderWay) value = read();
    }

    internal bool IsRead => value is not null;

    internal T Value => value ??= read!();
}
