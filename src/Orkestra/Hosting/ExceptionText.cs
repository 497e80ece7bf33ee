namespace Orkestra.Hosting;

/// <summary>
/// Reads exceptions of user code without trusting them: a property that throws, a null message, a circular or very long chain of inner exceptions. Reading such a
/// chain the usual way (<see cref="Exception.ToString"/>, <see cref="AggregateException.Message"/>) overflows the stack, which ends the process.
/// </summary>
public static class ExceptionText
{
    const int MaxDepth = 8;
    const int MaxChain = 100;
    const int MaxExceptions = 1000;

    /// <summary>The message; a sentence that says why it cannot be read otherwise.</summary>
    /// <param name="exception">The exception.</param>
    public static string MessageOf(Exception exception)
    {
        if (exception is AggregateException && !IsFinite(exception)) return "The inner exceptions form a circle, or are too many to list.";
        try
        {
            return exception.Message ?? "";
        }
#pragma warning disable CA1031 // Whatever an exception's own code throws must not hide the exception.
        catch (Exception problem)
        {
            return Unreadable(exception, nameof(Exception.Message), problem);
        }
    }

    /// <summary>The stack trace; null when there is none or it cannot be read.</summary>
    /// <param name="exception">The exception.</param>
    public static string? StackTraceOf(Exception exception)
    {
        try
        {
            return exception.StackTrace;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The name of the application or object that caused the exception; null when there is none or it cannot be read.</summary>
    /// <param name="exception">The exception.</param>
    public static string? SourceOf(Exception exception)
    {
        try
        {
            return exception.Source;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>What <see cref="Exception.ToString"/> returns; where that throws or cannot end, types, messages and stacks of the first inner exceptions.</summary>
    /// <param name="exception">The exception.</param>
    public static string TextOf(Exception exception)
    {
        if (IsFinite(exception))
        {
            try
            {
                return exception.ToString() ?? "";
            }
            catch (Exception)
            {
                // Its parts follow.
            }
        }
#pragma warning restore CA1031

        var text = new System.Text.StringBuilder();
        var depth = 0;
        for (var inner = exception; inner is not null && depth < MaxDepth; inner = inner.InnerException, depth++)
        {
            if (depth > 0) text.Append("\n ---> ");
            text.Append(inner.GetType().FullName).Append(": ").Append(MessageOf(inner));
            if (StackTraceOf(inner) is { Length: > 0 } stack) text.Append('\n').Append(stack);
        }

        return text.ToString();
    }

    /// <summary>Whether the exception and all its inner exceptions can be read to the end.</summary>
    /// <param name="exception">The exception.</param>
    public static bool IsFinite(Exception exception)
    {
        var left = MaxExceptions;
        return Visit(exception, MaxChain);

        bool Visit(Exception visited, int depth)
        {
            if (left-- == 0 || depth == 0) return false;
            if (visited is AggregateException aggregate)
            {
                foreach (var inner in aggregate.InnerExceptions)
                    if (inner is not null && !Visit(inner, depth - 1)) return false;
                return true;
            }

            return visited.InnerException is not { } only || Visit(only, depth - 1);
        }
    }

    static string Unreadable(Exception exception, string property, Exception problem) => $"({exception.GetType().Name}.{property} threw {problem.GetType().Name}.)";
}
