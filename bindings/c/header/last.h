
#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CSC_MEASURES_H */
