namespace Orkestra.Expressions.Patterns;

/// <summary>Counts work that is done on behalf of an evaluation, and ends it by an exception of its own when it is too much.</summary>
internal interface IWorkMeter
{
    /// <summary>Counts steps.</summary>
    void Step(int count);

    /// <summary>Refuses more bytes of working memory than the evaluation may still use.</summary>
    void CheckScratch(long bytes);
}
